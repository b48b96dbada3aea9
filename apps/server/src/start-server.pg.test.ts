import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTestDatabase, type TestDatabase } from '@orderloom/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The program as it is started: what it prints, how it ends, and that nothing is left behind.
const main = fileURLToPath(new URL('main.ts', import.meta.url));

let database: TestDatabase;
let dataFolder: string;

beforeAll(async () => {
  database = await openTestDatabase();
  dataFolder = await mkdtemp(path.join(tmpdir(), 'orderloom-server-'));
});
afterAll(async () => {
  await database.close();
  await rm(dataFolder, { recursive: true });
});

function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      ORDERLOOM_DATA: dataFolder,
      ORDERLOOM_SECRET: database.secret,
      LOG_LEVEL: 'silent',
      PORT: '0',
      ...environment,
    },
  });
  const texts = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (texts.error += text));
  const ended = new Promise<{ code: number | null; out: string; error: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, ...texts })),
  );
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /Orderloom is at (\S+)/.exec(texts.out)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`ended: ${texts.out}${texts.error}`)));
  });
  url.catch(() => {}); // some tests want it to end
  return { child, url, ended };
}

describe('the server', () => {
  it('introduces the people of the demonstration once, and stops in order when it is told to', async () => {
    const first = start();
    const url = await first.url;
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready' }]);
    first.child.kill('SIGTERM');
    const { code, out, error } = await first.ended;
    expect([code, error]).toEqual([0, '']);
    const password = /password +(\S+)/.exec(out)?.[1];
    expect(password).toMatch(/^\w{4}(-\w{4}){3}$/);
    for (const role of ['owner', 'finance', 'warehouse', 'auditor'])
      expect(out).toContain(`${role}@demo.example`);

    const second = start();
    const origin = await second.url;
    const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: 'finance@demo.example', password }),
    });
    expect(answer.status).toBe(200);
    second.child.kill('SIGINT');
    const ended = await second.ended;
    expect(ended.code).toBe(0);
    expect(ended.out).not.toContain('password');
  });

  it('takes one Ctrl-C for one wish, though it arrives from the terminal, from npm and from the script', async () => {
    const server = start();
    await server.url;
    server.child.kill('SIGINT');
    server.child.kill('SIGTERM');
    server.child.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
  });

  it('says that the port is taken, and leaves nothing running', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const { code, error } = await start({ PORT: String(port) }).ended;
    other.close();
    expect(code).toBe(1);
    expect(error).toBe(
      `SERVER_PORT_TAKEN: Port ${port} of 127.0.0.1 is taken by another program.\n` +
        `  Stop that program, or start on another port: PORT=${port + 1} npm start\n`,
    );
  });

  it('refuses a configuration it does not understand, all of it at once', async () => {
    const { code, error } = await start({ PORT: 'high', ORDERLOOM_SECRET: 'hunter2' }).ended;
    expect(code).toBe(2);
    expect(error).toBe(
      'CONFIGURATION: PORT is "high".\n  Set it to a whole number from 0 to 65535.\n' +
        'CONFIGURATION: ORDERLOOM_SECRET has no allowed value.\n  Set it to at least 32 characters that nobody can guess.\n',
    );
  });

  it('says that the database does not answer', async () => {
    const { code, error } = await start({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }).ended;
    expect(code).toBe(1);
    expect(error).toMatch(/^DATABASE_UNREACHABLE: .*\n {2}Check host and port in DATABASE_URL/);
  });

  it('answers about its health only, when it is a worker', async () => {
    const worker = start({ ORDERLOOM_ROLES: 'worker', ORDERLOOM_SEED: 'none' });
    const url = await worker.url;
    const statuses = await Promise.all(
      ['/healthz', '/graphql', '/api/auth/get-session'].map(
        async (place) => (await fetch(url + place)).status,
      ),
    );
    worker.child.kill('SIGTERM');
    await worker.ended;
    expect(statuses).toEqual([200, 404, 404]);
  });
});
