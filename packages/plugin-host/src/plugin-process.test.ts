import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { err } from '@orderloom/kernel';
import { expect, test } from 'vitest';
import { bug } from './errors.ts';
import { testFolder } from './fixtures/write-plugin.ts';
import { PluginProcess } from './plugin-process.ts';

/** A child that is not our guest: what a plugin could do that had found its way to the channel. */
async function lying(body: string): Promise<PluginProcess> {
  const folder = await testFolder();
  const guest = path.join(folder, 'guest.mjs');
  await writeFile(
    guest,
    `process.on('message', (message) => {
       if (message.type === 'start') process.send({ type: 'ready' });
       if (message.type === 'call') { const { id } = message; ${body} }
     });`,
  );
  return new PluginProcess({
    start: {
      entry: pathToFileURL(path.join(folder, 'plugin.mjs')).href,
      config: '{}',
      mode: 'sandbox',
      connections: [],
      collections: [],
      bounds: { messageChars: 1000, logEntries: 10 },
    },
    heapMb: 64,
    startMs: 10_000,
    guest,
    log: () => {},
    broker: async () => err(bug('CAPABILITY_DENIED', 'No.')),
  });
}

const call = { contribution: 'c', operation: 'o', input: '{}', idempotencyKey: 'k', now: 0, locale: 'en' };
const patience = () => AbortSignal.timeout(20_000);

test.each([
  ['answers a call that was never made', `process.send({ type: 'result', id: 99, value: '1' })`],
  ['sends what is not in the protocol', `process.send('hello')`],
  ['invents a message', `process.send({ type: 'grant', id })`],
  [
    'invents a way to fail',
    `process.send({ type: 'failure', id, failure: { kind: 'success', code: 'A', message: '' } })`,
  ],
  ['answers with what is not JSON', `process.send({ type: 'result', id, value: '{' })`],
  ['answers with objects', `process.send({ type: 'result', id, value: new Map() })`],
  [
    'answers with more than it may',
    `process.send({ type: 'result', id, value: JSON.stringify('x'.repeat(2000)) })`,
  ],
  [
    'logs what is not JSON',
    `process.send({ type: 'log', call: id, level: 'info', message: 'm', fields: '[' })`,
  ],
])('a process that %s is killed', async (_, body) => {
  const child = await lying(body);
  expect(await child.call(call, patience())).toMatchObject({
    error: { kind: 'bug', code: 'PLUGIN_PROTOCOL' },
  });
  await child.ended;
});

test('the second answer to one call is for no open call', async () => {
  const child = await lying(`for (const value of ['1', '2']) process.send({ type: 'result', id, value })`);
  expect(await child.call(call, patience())).toEqual({ ok: true, value: 1 });
  await child.ended;
});

test('an answer that comes after the caller gave up reaches nobody, and harms nobody', async () => {
  const child = await lying(`setTimeout(() => process.send({ type: 'result', id, value: String(id) }), 20)`);
  const caller = new AbortController();
  const given = child.call(call, caller.signal);
  caller.abort();
  expect(await given).toMatchObject({ error: { kind: 'retryable', code: 'PLUGIN_CANCELLED' } });
  expect(await child.call(call, patience())).toEqual({ ok: true, value: 2 });
  child.kill();
  await child.ended;
});

test('questions beyond what the broker grants are answered, not obeyed', async () => {
  const child = await lying(`
    process.on('message', (reply) => reply.type === 'reply' && process.send({ type: 'result', id, value: JSON.stringify(reply.failure.code) }));
    process.send({ type: 'broker', id: 1, call: id, door: 'collection', args: '{}' });
  `);
  expect(await child.call(call, patience())).toEqual({ ok: true, value: 'CAPABILITY_DENIED' });
  child.kill();
  await child.ended;
});
