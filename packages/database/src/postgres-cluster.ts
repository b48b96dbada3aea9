import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fail } from '@orderloom/kernel';
import { connect, parseDatabaseUrl } from './connect.ts';
import type { DatabaseErrorCode } from './errors.ts';
import type { PostgresPrograms } from './postgres-programs.ts';

const run = promisify(execFile);

/** The files of one PostgreSQL server. */
export interface Cluster {
  /** PostgreSQL's own folder, with its own owner and rights. */
  readonly data: string;
  readonly log: string;
  /** {@link Access}, readable by its owner only. */
  readonly access: string;
}

export const clusterIn = (folder: string): Cluster => ({
  data: join(folder, 'postgres'),
  log: join(folder, 'postgres.log'),
  access: join(folder, 'postgres.json'),
});

/** How to get in. */
export interface Access {
  readonly port: number;
  readonly password: string;
}

const OWNER = 'orderloom';

export const urlOf = ({ port, password }: Access, database = 'postgres'): string =>
  `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;

export const newAccess = async (): Promise<Access> => ({
  port: await freePort(),
  password: randomBytes(24).toString('base64url'),
});

export async function readAccess(cluster: Cluster): Promise<Access> {
  try {
    return JSON.parse(await readFile(cluster.access, 'utf8')) as Access;
  } catch (cause) {
    return failed(`The password of the database in ${cluster.data} cannot be read.`, {
      field: cluster.access,
      fix: 'Put the file back from a backup of the data folder.',
      cause,
    });
  }
}

async function writeAccess(cluster: Cluster, access: Access): Promise<void> {
  const unfinished = `${cluster.access}.new`;
  await writeFile(unfinished, JSON.stringify(access), { mode: 0o600 });
  await rename(unfinished, cluster.access);
}

export const hasData = (cluster: Cluster): boolean => existsSync(join(cluster.data, 'PG_VERSION'));

/** Makes the data folder beside its place and moves it there when it is whole: killed half-way, it starts over. */
export async function initialise(
  cluster: Cluster,
  programs: PostgresPrograms,
  access: Access,
  throwaway: boolean,
): Promise<void> {
  const unfinished = `${cluster.data}.new`;
  const passwordFile = `${cluster.access}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, access.password, { mode: 0o600 });
  const { runAs } = programs;
  if (runAs) await Promise.all([unfinished, passwordFile].map((path) => chown(path, runAs.uid, runAs.gid)));

  const password = await open(passwordFile);
  try {
    const child = spawn(
      programs.initdb,
      [
        `--pgdata=${dataArgument(unfinished, programs)}`,
        `--username=${OWNER}`,
        `--pwfile=${runAs ? '/proc/self/fd/3' : passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(throwaway ? ['--no-sync'] : []),
      ],
      { ...placement(unfinished, programs), stdio: ['ignore', 'pipe', 'pipe', password.fd] },
    );
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
    }
    const code = await exitCode(child);
    if (code !== 0) {
      failed(`The database server could not be made in ${cluster.data}: ${lastLines(output.join(''))}`);
    }
  } finally {
    await password.close();
    await rm(passwordFile);
  }
  await writeAccess(cluster, access);
  await rename(unfinished, cluster.data);
}

/** A data folder is read by the major version that made it only. */
export async function requireMajor(cluster: Cluster, programs: PostgresPrograms): Promise<void> {
  const found = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8')).trim();
  if (found === programs.major) return;
  fail(
    'DATA_FOLDER_VERSION' satisfies DatabaseErrorCode,
    `The data folder ${cluster.data} was made by PostgreSQL ${found}; this server brings PostgreSQL ${programs.major}.`,
    {
      field: 'ORDERLOOM_DATA',
      fix: `Start the version of Orderloom that brings PostgreSQL ${found}, or name another folder in ORDERLOOM_DATA.`,
    },
  );
}

/** The process that serves this cluster, also when its parent is gone; null when nobody does. */
export async function runningPid(cluster: Cluster): Promise<number | null> {
  const lockFile = await readFile(join(cluster.data, 'postmaster.pid'), 'utf8').catch(() => null);
  const pid = Number.parseInt(lockFile ?? '', 10);
  return pid > 0 && (await serves(pid, cluster)) ? pid : null;
}

/** A process id may have gone to a stranger since the file was written. PostgreSQL works inside its data folder. */
async function serves(pid: number, cluster: Cluster): Promise<boolean> {
  try {
    if (process.platform === 'linux') {
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster.data));
    }
    if (process.platform === 'win32') return process.kill(pid, 0);
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'command=']);
    return stdout.includes(cluster.data);
  } catch {
    return false;
  }
}

/** A worker of a killed server ends with its query; a tenth of a second and a failed start each. */
const START_ATTEMPTS = 300;

/**
 * Starts the server and waits until it answers. Recovers what a kill left behind: a lock file whose number now
 * belongs to a stranger, workers that have not noticed yet that their server is gone, a port that was taken since.
 */
export async function startPostmaster(
  cluster: Cluster,
  programs: PostgresPrograms,
  remembered: Access,
  throwaway: boolean,
): Promise<{ pid: number; access: Access }> {
  await releaseStrangersLock(cluster);
  let access = remembered;
  for (let attempt = 1; ; attempt++) {
    if (!(await isFree(access.port))) {
      access = { ...access, port: await freePort() };
      await writeAccess(cluster, access);
    }
    const log = await open(cluster.log, 'a');
    const { size: logStart } = await log.stat();
    const child = spawn(programs.postgres, serverArguments(cluster, programs, access, throwaway), {
      ...placement(cluster.data, programs),
      detached: !throwaway, // Ctrl-C in a terminal goes to all; we stop the database last
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    const exited = exitCode(child);
    const isAlive = () => child.exitCode === null && child.signalCode === null;
    if (child.pid !== undefined) {
      if (await answers(access, Infinity, isAlive)) return { pid: child.pid, access };
      if (isAlive()) {
        await stopPostmaster(cluster, programs, child.pid);
        failed(`The database in ${cluster.data} refuses the password of ${cluster.access}.`, {
          field: cluster.access,
          fix: 'Put both back from the same backup of the data folder.',
        });
      }
    }

    await exited;
    const said = (await readFile(cluster.log)).subarray(logStart).toString();
    const passes = /is still in use|in use by another|lock file "postmaster.pid" already exists/i.test(said);
    const portTaken = /address already in use/i.test(said);
    if (!(passes || portTaken) || attempt === START_ATTEMPTS) {
      failed(`The database server in ${cluster.data} does not start: ${lastLines(said)}`, {
        fix: `See the reason in ${cluster.log}.`,
      });
    }
    await sleep(100);
  }
}

function serverArguments(
  cluster: Cluster,
  programs: PostgresPrograms,
  { port }: Access,
  throwaway: boolean,
): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '128MB',
    max_wal_size: '512MB',
    jit: 'off', // our statements are short; compiling them costs more than it saves
    io_method: 'sync', // three processes less, and a laptop's data is in memory
    huge_pages: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return [
    '-D',
    dataArgument(cluster.data, programs),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/**
 * Under root the server runs as another user, who may not be able to walk to the data folder (below /root, say).
 * It is started inside the folder and stays there for life, and this name means "where I stand".
 */
const dataArgument = (folder: string, { runAs }: PostgresPrograms): string =>
  runAs ? '/proc/self/cwd' : folder;

const placement = (folder: string, { runAs }: PostgresPrograms) => ({
  cwd: folder,
  // No PG* variable of the user's shell may reach the server.
  env: { PATH: process.env['PATH'] ?? '', ...(process.platform === 'win32' ? process.env : {}) },
  ...runAs,
});

/**
 * PostgreSQL refuses to start while the number in its lock file is alive, whoever has it. The file itself stays:
 * it also tells PostgreSQL which shared memory to look at for workers of the old server.
 */
async function releaseStrangersLock(cluster: Cluster): Promise<void> {
  const file = join(cluster.data, 'postmaster.pid');
  if (process.platform === 'win32' || !existsSync(file) || (await runningPid(cluster)) !== null) return;
  const nobody = '99999999'; // above every system's largest process id
  const handle = await open(file, 'r+');
  try {
    const text = await handle.readFile('utf8');
    await handle.truncate(0);
    await handle.write(text.replace(/^\d+/, nobody), 0);
  } finally {
    await handle.close();
  }
}

/** Ends the server: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster(
  cluster: Cluster,
  programs: PostgresPrograms,
  pid: number,
): Promise<void> {
  if (process.platform === 'win32') {
    await run(programs.pgCtl, ['stop', '-D', cluster.data, '-m', 'fast']).catch(() => {});
    return;
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', 30_000], // fast shutdown
    ['SIGQUIT', 10_000], // immediate: the next start recovers from the log
    ['SIGKILL', 10_000],
  ] as const) {
    if (!(await serves(pid, cluster))) return;
    process.kill(pid, signal);
    for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(10)) {
      if (!(await serves(pid, cluster))) return;
    }
  }
}

/** Whether the server lets us in within `patienceMs`, and while it is alive. */
export async function answers(
  access: Access,
  patienceMs: number,
  isAlive: () => boolean = () => true,
): Promise<boolean> {
  for (const end = Date.now() + patienceMs; isAlive() && Date.now() < end;) {
    try {
      await (await connect(parseDatabaseUrl(urlOf(access)))).end();
      return isAlive(); // or it was a stranger on the same port
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === '28P01') return false; // not our server
      await sleep(code === 'ECONNREFUSED' ? 15 : 100); // not listening yet, or recovering
    }
  }
  return false;
}

const exitCode = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(null)).once('close', resolve);
  });

function failed(message: string, options: { field?: string; fix?: string; cause?: unknown } = {}): never {
  return fail('EMBEDDED_POSTGRES_FAILED' satisfies DatabaseErrorCode, message, options);
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' | ');

async function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

const freePort = (): Promise<number> => listenOnce(0);

async function listenOnce(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
