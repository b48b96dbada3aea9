import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@orderloom/kernel';
import { afterEach, expect, test } from 'vitest';
import { behaving, MANIFEST, writePlugin } from './fixtures/write-plugin.ts';
import {
  createPluginHost,
  type PluginCall,
  type PluginHost,
  type PluginHostOptions,
  type PluginLogEntry,
} from './index.ts';

const log: PluginLogEntry[] = [];
const hosts: PluginHost[] = [];
afterEach(async () => {
  log.length = 0;
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

type Plugin = PluginHostOptions['plugins'][number];
async function hostOf(
  body: string,
  options: Partial<PluginHostOptions> & Partial<Plugin> = {},
): Promise<PluginHost> {
  const { config, secrets, ...rest } = options;
  const folder = await writePlugin(behaving(body));
  const plugin: Plugin = {
    folder,
    mode: 'sandbox',
    ...(config !== undefined && { config }),
    ...(secrets && { secrets }),
  };
  const host = await createPluginHost({ plugins: [plugin], log: (entry) => log.push(entry), ...rest });
  hosts.push(host);
  return host;
}

const ask = (host: PluginHost, changes: Partial<PluginCall> = {}) =>
  host.call({
    plugin: 'test.plugin',
    contribution: 'do',
    operation: 'run',
    input: {},
    idempotencyKey: 'k',
    ...changes,
  });

test('manifests are known before anything runs; a process starts with the first call', async () => {
  const host = await hostOf(`return { said: 'hello' }`);
  expect(host.manifests()).toEqual([MANIFEST]);
  expect(host.status()).toMatchObject([{ plugin: 'test.plugin', state: 'stopped', starts: 0 }]);
  expect(await ask(host)).toEqual({ ok: true, value: { said: 'hello' } });
  expect(host.status()).toMatchObject([{ state: 'running', starts: 1, calls: 1 }]);
});

test('the context carries what the host decided', async () => {
  const clock: Clock = { now: () => new Date('2031-05-06T07:08:09Z') };
  const host = await hostOf(
    `return { said: [ctx.mode, ctx.idempotencyKey, ctx.clock.now().getUTCFullYear(), ctx.signal.aborted].join() }`,
    { clock },
  );
  expect(await ask(host, { idempotencyKey: 'step-7' })).toMatchObject({
    value: { said: 'sandbox,step-7,2031,false' },
  });
});

test.each([
  ['plugin', { plugin: 'no.such' }, 'PLUGIN_UNKNOWN'],
  ['contribution', { contribution: 'nope' }, 'PLUGIN_OPERATION_UNKNOWN'],
  ['operation', { operation: 'rates' }, 'PLUGIN_OPERATION_UNKNOWN'],
  ['input', { input: 'text' }, 'PLUGIN_INPUT_INVALID'],
  ['number', { input: { n: 1n } }, 'PLUGIN_INPUT_INVALID'],
] as const)('an unknown or wrong %s starts nothing', async (_, call, code) => {
  const host = await hostOf(`return { said: 'hello' }`);
  expect(await ask(host, call)).toMatchObject({ ok: false, error: { kind: 'bug', code } });
  expect(host.status()).toMatchObject([{ starts: 0 }]);
});

test('the three ways to fail arrive as they were thrown', async () => {
  const host = await hostOf(`throw Object.assign(new Error('m'), input)`);
  for (const failure of [
    { kind: 'retryable', code: 'BUSY', message: 'm', retryAfterMs: 5 },
    { kind: 'rejected', code: 'NO', message: 'm' },
    { kind: 'bug', code: 'ODD', message: 'm' },
  ]) {
    expect(await ask(host, { input: failure })).toEqual({ ok: false, error: failure });
  }
  expect(host.status()).toMatchObject([{ failures: { retryable: 1, rejected: 1, bug: 1 } }]);
});

test('a plugin that heeds its signal survives a cancelled call', async () => {
  const host = await hostOf(`await new Promise((_, stop) => ctx.signal.addEventListener('abort', stop))`);
  await ask(host, { input: { well: true } });
  const caller = new AbortController();
  const answer = ask(host, { signal: caller.signal });
  caller.abort();
  expect(await answer).toMatchObject({ error: { kind: 'retryable', code: 'PLUGIN_CANCELLED' } });
  expect(await ask(host, { input: { well: true } })).toMatchObject({ ok: true });
  expect(host.status()).toMatchObject([{ starts: 1 }]);
});

test('calls beyond the concurrent ones wait, and beyond the queue are turned away', async () => {
  const host = await hostOf(`await new Promise((done) => setTimeout(done, 50)); return { said: 'x' }`, {
    limits: { concurrent: 2, queued: 3 },
  });
  const results = await Promise.all(Array.from({ length: 6 }, () => ask(host)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(5);
  expect(results.at(-1)).toMatchObject({ error: { kind: 'retryable', code: 'PLUGIN_BUSY' } });
});

test('five failures pause a plugin for a minute; then one trial decides', async () => {
  let now = 0;
  const host = await hostOf(`throw new Error('down')`, { clock: { now: () => new Date(now) } });
  for (let i = 0; i < 5; i++) expect(await ask(host)).toMatchObject({ error: { code: 'PLUGIN_THREW' } });
  expect(await ask(host, { input: { well: true } })).toEqual({
    ok: false,
    error: expect.objectContaining({ kind: 'retryable', code: 'PLUGIN_PAUSED', retryAfterMs: 60_000 }),
  });
  expect(host.status()).toMatchObject([{ state: 'paused' }]);
  now = 60_000;
  expect(await ask(host, { input: { well: true } })).toMatchObject({ ok: true });
  expect(host.status()).toMatchObject([{ state: 'running' }]);
});

test('a plugin without work is put to rest and woken by the next call', async () => {
  const host = await hostOf(`return { said: 'x' }`, { limits: { idleMs: 20 } });
  await ask(host);
  await expect.poll(() => host.status()[0]?.state).toBe('stopped');
  expect(await ask(host)).toMatchObject({ ok: true });
  expect(host.status()).toMatchObject([{ starts: 2 }]);
  expect(log).toEqual([]);
});

test('a stopped host takes no more calls', async () => {
  const host = await hostOf(`return { said: 'x' }`);
  await ask(host);
  await host.stop();
  expect(await ask(host)).toMatchObject({ error: { kind: 'retryable', code: 'PLUGIN_STOPPING' } });
});

test('secrets do not reach the log, even when a plugin has heard of one', async () => {
  const host = await hostOf(`ctx.log.warn('got s3cret', { body: ['s3cret'] }); return { said: 'x' }`, {
    secrets: { api: 's3cret' },
  });
  await ask(host);
  expect(log).toEqual([
    { plugin: 'test.plugin', level: 'warn', message: 'got •••', fields: { body: ['•••'] } },
  ]);
});

test('a connection answers through the host, which alone knows the credential', async () => {
  const upstream = createServer(({ url, headers }, response) =>
    response.end(JSON.stringify({ url, key: headers['x-api-key'] })),
  );
  await once(upstream.listen(0, '127.0.0.1'), 'listening');
  const folder = await writePlugin(
    behaving(`return { said: (await ctx.connections.api.fetch('/v1/me')).text() }`),
    {
      connections: {
        api: {
          auth: 'apiKey',
          header: 'x-api-key',
          origins: {
            production: 'https://api.example',
            sandbox: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
          },
          privateNetwork: true,
        },
      },
    },
  );
  const host = await createPluginHost({
    plugins: [{ folder, mode: 'sandbox', secrets: { api: 's3cret' } }],
    log: () => {},
  });
  hosts.push(host);
  expect(await ask(host)).toEqual({ ok: true, value: { said: '{"url":"/v1/me","key":"s3cret"}' } });
  upstream.close();
});

test('collections are a later door, and closed until then', async () => {
  const folder = await writePlugin(behaving(`await ctx.collections.notes.get('k')`), {
    collections: { notes: { version: 1, key: 'id', schema: { type: 'object' }, indexes: [] } },
  });
  const host = await createPluginHost({ plugins: [{ folder, mode: 'sandbox' }], log: () => {} });
  hosts.push(host);
  expect(await ask(host)).toMatchObject({ error: { kind: 'bug', code: 'CAPABILITY_DENIED' } });
});

test.each([
  ['PLUGIN_NOT_BUILT', async () => '/nowhere'],
  ['PLUGIN_MANIFEST', () => writePlugin('', { id: 'nameless' })],
  ['PLUGIN_CONTRACT', () => writePlugin('', { contract: '^2.0' })],
  [
    'PLUGIN_CONFIG',
    () => writePlugin('', { config: { type: 'object', required: ['rate'], properties: { rate: {} } } }),
  ],
])('%s is told at start, with a fix', async (code, folder) => {
  const start = createPluginHost({ plugins: [{ folder: await folder(), mode: 'sandbox' }], log: () => {} });
  await expect(start).rejects.toMatchObject({
    name: 'OrderloomError',
    code,
    fix: expect.stringMatching(/\w/),
  });
});

test('one plugin in two folders is refused', async () => {
  const plugins = [{ folder: await writePlugin(''), mode: 'sandbox' } as const];
  const start = createPluginHost({ plugins: [...plugins, ...plugins], log: () => {} });
  await expect(start).rejects.toMatchObject({ code: 'PLUGIN_DUPLICATE' });
});
