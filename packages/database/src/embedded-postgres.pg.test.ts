import { spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { attachEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { findPostgresPrograms } from './postgres-programs.ts';

// Not throw-away servers: what is kept over a kill is what these tests are about.
let dataFolder: string;
const servers: EmbeddedPostgres[] = [];
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'orderloom-embedded-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(dataFolder, { recursive: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder });
  servers.push(server);
  return server;
}

const ask = async (url: string, sql: string) => {
  const client = new pg.Client(url);
  client.on('error', () => {}); // the server is killed under it
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const serverPid = async () =>
  Number.parseInt(await readFile(join(dataFolder, 'postgres/postmaster.pid'), 'utf8'), 10);

test('a stopped server starts again with its data, on its port', async () => {
  const first = await start();
  expect(first.attached).toBe(false);
  await ask(first.url, 'create table kept (n int); insert into kept values (7)');
  await first.stop();
  await first.stop();
  const second = await start();
  expect(second).toMatchObject({ url: first.url, attached: false });
  expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('only this machine gets in, and only with the password', async () => {
  const { url } = await start();
  const settings = `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`;
  expect(await ask(url, settings)).toEqual([{ addresses: '127.0.0.1', sockets: '' }]);
  await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test('a tool beside the server finds its database, and none when there is none', async () => {
  expect(await attachEmbeddedPostgres(dataFolder)).toBeNull();
  const server = await start();
  expect(await attachEmbeddedPostgres(dataFolder)).toEqual({ url: server.url });
  await server.stop();
  expect(await attachEmbeddedPostgres(dataFolder)).toBeNull();
});

test('a server whose parent was killed is taken over', async () => {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('embedded-postgres.ts', import.meta.url))};
    console.log((await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)} })).url);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let url: string | undefined;
  for await (url of createInterface({ input: parent.stdout })) break;
  const gone = new Promise((resolve) => parent.once('exit', resolve));
  parent.kill('SIGKILL');
  await gone;

  const server = await start();
  expect(server).toMatchObject({ url, attached: true });
  await server.stop();
  expect(await attachEmbeddedPostgres(dataFolder)).toBeNull();
});

test('a killed server comes back with all that was committed, also while its workers have not noticed yet', async () => {
  const { url } = await start();
  await ask(url, 'create table kept (n int); insert into kept values (7)');
  const busy = ask(url, 'select sum(n) from generate_series(1, 3000000) as n').catch(() => 'killed');
  await sleep(50);
  process.kill(await serverPid(), 'SIGKILL');
  const again = await start();
  expect(again.attached).toBe(false);
  expect(await ask(again.url, 'select n from kept')).toEqual([{ n: 7 }]);
  await busy;
});

test('a lock file whose number went to a stranger does not stop the start', async () => {
  await (await start()).stop();
  const { runAs } = await findPostgresPrograms();
  const stranger = spawn('sleep', ['60'], { ...runAs, stdio: 'ignore' });
  onTestFinished(() => void stranger.kill());
  await writeFile(
    join(dataFolder, 'postgres/postmaster.pid'),
    `${stranger.pid}\n/elsewhere\n1\n5432\n\n127.0.0.1\n`,
  );
  const { url } = await start();
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(stranger.exitCode).toBeNull();
});

test('a port that was taken since is left alone; the new one is kept', async () => {
  const first = await start();
  await first.stop();
  const taken = createServer();
  await new Promise<void>((listening) =>
    taken.listen(Number(new URL(first.url).port), '127.0.0.1', listening),
  );
  onTestFinished(() => void taken.close());
  const second = await start();
  expect(second.url).not.toBe(first.url);
  expect(await attachEmbeddedPostgres(dataFolder)).toEqual({ url: second.url });
});

test('a first start that was killed half-way starts over', async () => {
  await mkdir(join(dataFolder, 'postgres.new', 'base'), { recursive: true });
  await writeFile(join(dataFolder, 'postgres.new', 'PG_VERSION'), '18\n');
  const { url } = await start();
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('data of another major version is refused and left as it is', async () => {
  await (await start()).stop();
  await writeFile(join(dataFolder, 'postgres/PG_VERSION'), '14\n');
  await expect(start()).rejects.toMatchObject({
    code: 'DATA_FOLDER_VERSION',
    message: expect.stringMatching(/PostgreSQL 14.*PostgreSQL 18/),
  });
});

test('a server that cannot start says why', async () => {
  await (await start()).stop();
  await appendFile(join(dataFolder, 'postgres/postgresql.conf'), '\nno_such_setting = on\n');
  await expect(start()).rejects.toMatchObject({
    code: 'EMBEDDED_POSTGRES_FAILED',
    message: expect.stringContaining('no_such_setting'),
    fix: expect.stringContaining('postgres.log'),
  });
});

test('a lost password is named, not replaced', async () => {
  await (await start()).stop();
  await rm(join(dataFolder, 'postgres.json'));
  await expect(start()).rejects.toMatchObject({
    code: 'EMBEDDED_POSTGRES_FAILED',
    field: expect.stringContaining('postgres.json'),
  });
});

test('a password that is not the one of the data is named, and no server is left behind', async () => {
  const { url } = await start();
  await servers.pop()?.stop();
  const { port } = new URL(url);
  await writeFile(
    join(dataFolder, 'postgres.json'),
    JSON.stringify({ port: Number(port), password: 'of another backup' }),
  );
  await expect(start()).rejects.toMatchObject({
    code: 'EMBEDDED_POSTGRES_FAILED',
    message: expect.stringContaining('refuses the password'),
  });
  await expect(ask(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a data folder that cannot be written is named', async () => {
  const file = join(dataFolder, 'a-file');
  await writeFile(file, '');
  await expect(startEmbeddedPostgres({ dataFolder: join(file, 'data') })).rejects.toMatchObject({
    code: 'DATA_FOLDER_NOT_WRITABLE',
  });
});
