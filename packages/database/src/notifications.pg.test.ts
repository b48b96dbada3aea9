import { newId } from '@orderloom/kernel';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, exampleTenant, type ClonedDatabase } from './cloned-database.ts';

let cloned: ClonedDatabase;
let tenantId: string;
beforeAll(async () => {
  cloned = await cloneDatabase();
  ({ id: tenantId } = await cloned.database.createTenant(exampleTenant('shop')));
});
afterAll(() => cloned.drop());

const send = (channel: string, payload: string, { fails = false } = {}) =>
  cloned.database.transaction(tenantId, async (tx) => {
    await cloned.database.notify(tx, channel, payload);
    if (fails) throw new Error('no');
  });

test('all who listen hear what was committed, and only that', async () => {
  const heard: string[] = [];
  const listen = (who: string) =>
    cloned.database.listen('Work "here"', (payload) => heard.push(`${who}: ${payload}`));
  const [stopFirst] = await Promise.all([listen('first'), listen('second')]);
  await expect(send('Work "here"', 'lost', { fails: true })).rejects.toThrow();
  await send('elsewhere', 'unheard');
  await send('Work "here"', 'one');
  await vi.waitFor(() => expect(heard.toSorted()).toEqual(['first: one', 'second: one']));

  await stopFirst();
  await send('Work "here"', 'two');
  await vi.waitFor(() => expect(heard).toContain('second: two'));
  expect(heard).not.toContain('first: two');
});

test('a lost connection comes back with all its channels', async () => {
  const heard: string[] = [];
  const channel = `channel_${newId()}`;
  await cloned.database.listen(channel, (payload) => heard.push(payload));
  await cloned.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%'`,
  );
  await vi.waitFor(
    async () => {
      await send(channel, 'again');
      expect(heard).toContain('again');
    },
    { timeout: 15_000 },
  );
});
