import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { behaving, writePlugin } from './fixtures/write-plugin.ts';
import { createPluginHost, type PluginHost, type PluginLogEntry } from './index.ts';

const log: PluginLogEntry[] = [];
const hosts: PluginHost[] = [];

async function hostOf(body: string): Promise<PluginHost> {
  const folder = await writePlugin(behaving(body));
  await writeFile(path.join(folder, 'outside.mjs'), 'export const secret = 1;');
  const host = await createPluginHost({
    plugins: [{ folder, mode: 'sandbox' }],
    log: (entry) => log.push(entry),
  });
  hosts.push(host);
  return host;
}

const ask = (host: PluginHost, input: unknown, deadlineMs = 20_000) =>
  host.call({
    plugin: 'test.plugin',
    contribution: 'do',
    operation: 'run',
    input,
    idempotencyKey: 'k',
    deadlineMs,
  });

afterEach(async () => {
  log.length = 0;
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

/** What it does, its code, what the caller hears. After each, the next call must succeed. */
const hostile: [string, string, string][] = [
  ['throws', `throw new Error('ouch')`, 'PLUGIN_THREW'],
  ['throws nothing', `throw undefined`, 'PLUGIN_THREW'],
  [
    'throws when nobody listens',
    `setTimeout(() => { throw new Error() }); await new Promise(() => {})`,
    'PLUGIN_CRASHED',
  ],
  [
    'leaves a promise to fail',
    `void Promise.reject(new Error()); await new Promise(() => {})`,
    'PLUGIN_CRASHED',
  ],
  ['fills its heap', `const all = []; for (;;) all.push(new Array(1e5).fill(1.5))`, 'PLUGIN_CRASHED'],
  ['exits', `process.exit(1)`, 'PLUGIN_THREW'],
  ['aborts', `process.abort()`, 'PLUGIN_THREW'],
  ['kills its host', `process.kill(process.ppid)`, 'PLUGIN_THREW'],
  ['answers a function', `return () => 1`, 'PLUGIN_OUTPUT_INVALID'],
  ['answers nothing', ``, 'PLUGIN_OUTPUT_INVALID'],
  ['answers the wrong type', `return { said: 7 }`, 'PLUGIN_OUTPUT_INVALID'],
  ['answers a bigint', `return { said: 7n }`, 'PLUGIN_THREW'],
  ['answers a circle', `const said = {}; said.said = said; return said`, 'PLUGIN_THREW'],
  ['answers ten megabytes', `return { said: 'x'.repeat(1e7) }`, 'PLUGIN_OUTPUT_TOO_LARGE'],
  [
    'answers an abyss',
    `let said = []; for (let i = 0; i < 1e5; i++) said = [said]; return { said }`,
    'PLUGIN_PROTOCOL',
  ],
  ['reads files', `await import('node:fs')`, 'IMPORT_DENIED'],
  ['reads files by another name', `await import('fs/promises')`, 'IMPORT_DENIED'],
  ['opens a database', `await import('node:sqlite')`, 'IMPORT_DENIED'],
  ['starts a program', `await import('node:child_process')`, 'IMPORT_DENIED'],
  ['starts a thread', `await import('node:worker_threads')`, 'IMPORT_DENIED'],
  ['opens a socket', `await import('node:net')`, 'IMPORT_DENIED'],
  ['lifts the guard', `await import('node:module')`, 'IMPORT_DENIED'],
  ['asks process for a module', `process.getBuiltinModule('fs')`, 'PLUGIN_THREW'],
  ['asks process for a binding', `process.binding('fs')`, 'PLUGIN_THREW'],
  ['imports code from a string', `await import('data:text/javascript,export default 1')`, 'IMPORT_DENIED'],
  ['evaluates a string', `return { said: eval('"hm"') }`, 'PLUGIN_THREW'],
  [
    'makes a function of a string',
    `return { said: (() => {}).constructor('return "hm"')() }`,
    'PLUGIN_THREW',
  ],
  ['fetches', `await fetch('http://127.0.0.1')`, 'PLUGIN_THREW'],
  ['uses a door it was not given', `ctx.connections.api.fetch('/')`, 'PLUGIN_THREW'],
];

describe('a plugin that misbehaves is contained, and its next call succeeds', () => {
  test.each(hostile)('it %s', async (_, body, code) => {
    const host = await hostOf(body);
    expect(await ask(host, {})).toMatchObject({ ok: false, error: { code } });
    expect(await ask(host, { well: true })).toEqual({ ok: true, value: { said: 'well' } });
  });

  test.each([
    ['loops', `for (;;) {}`],
    ['never answers', `await new Promise(() => {})`],
  ])('it %s, and is killed after its deadline', async (_, body) => {
    const host = await hostOf(body);
    await ask(host, { well: true });
    expect(await ask(host, {}, 200)).toMatchObject({ error: { kind: 'retryable', code: 'PLUGIN_TIMEOUT' } });
    await expect.poll(() => host.status()[0]?.state).toBe('stopped');
    expect(await ask(host, { well: true })).toMatchObject({ ok: true });
    expect(host.status()[0]).toMatchObject({ starts: 2 });
  });

  test('it imports a file outside its folder', async () => {
    const host = await hostOf(`await import('../outside.mjs')`);
    expect(await ask(host, {})).toMatchObject({ ok: false, error: { kind: 'bug' } });
  });

  test('it looks for secrets in its environment', async () => {
    const host = await hostOf(`return { said: JSON.stringify([process.env, process.argv]) }`);
    expect(await ask(host, {})).toEqual({ ok: true, value: { said: '[{},[]]' } });
  });

  test('it finds a socket behind the console', async () => {
    const host = await hostOf(`
      const socket = new console._stdout.constructor();
      await new Promise((resolve, reject) => socket.on('error', reject).connect(9, '127.0.0.1', resolve));
    `);
    expect(await ask(host, {})).toMatchObject({ error: { message: expect.stringContaining('permission') } });
  });

  test('it answers with a prototype', async () => {
    const host = await hostOf(`return { said: 'x', ['__proto__']: { polluted: true } }`);
    expect(await ask(host, {})).toEqual({ ok: true, value: { said: 'x' } });
    expect('polluted' in {}).toBe(false);
  });
});

test('a plugin that logs without end is cut off', async () => {
  const host = await hostOf(`for (let i = 0; i < 1e5; i++) ctx.log.info('again'); return { said: 'done' }`);
  expect(await ask(host, {})).toMatchObject({ ok: true });
  expect(log).toHaveLength(100);
  expect(log.at(-1)?.message).toContain('the rest is dropped');
});

test('what a plugin prints is kept for the day it crashes, and no more than that', async () => {
  const host = await hostOf(
    `console.log('x'.repeat(1e6)); setTimeout(() => { throw new Error('boom') }); await new Promise(() => {})`,
  );
  await ask(host, {});
  await expect.poll(() => log).toHaveLength(1);
  expect(String(log[0]?.fields?.['output'])).toContain('boom');
  expect(String(log[0]?.fields?.['output']).length).toBeLessThanOrEqual(4000);
});

test('a plugin that cannot be loaded is a bug, and says why in the log', async () => {
  const folder = await writePlugin(`import 'node:net'; export default {}`);
  const host = await createPluginHost({
    plugins: [{ folder, mode: 'sandbox' }],
    log: (entry) => log.push(entry),
  });
  hosts.push(host);
  expect(await ask(host, {})).toMatchObject({ error: { kind: 'bug', code: 'PLUGIN_START' } });
  expect(String(log[0]?.fields?.['output'])).toContain('a plugin may not import "node:net"');
});
