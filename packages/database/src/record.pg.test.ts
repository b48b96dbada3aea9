import { newId } from '@orderloom/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, exampleTenant, type ClonedDatabase } from './cloned-database.ts';
import { recordAudit } from './record-audit.ts';
import { recordOutboxEvent } from './record-outbox-event.ts';

const at = new Date('2026-03-01T10:00:00.123Z');

let cloned: ClonedDatabase;
let tenantId: string;
beforeAll(async () => {
  cloned = await cloneDatabase();
  ({ id: tenantId } = await cloned.database.createTenant(exampleTenant('shop')));
});
afterAll(() => cloned.drop());

test('an audit record keeps who, what, when and why', async () => {
  const orderId = newId();
  await cloned.database.transaction(tenantId, (tx) =>
    recordAudit(tx, [
      { tenantId, orderId, action: 'hold.released', actor: 'user:1', actorName: 'Ada', reason: 'paid', at },
      { tenantId, action: 'stock.reserved', actor: 'system', actorName: 'System', data: { units: 5n }, at },
    ]),
  );
  const events = await cloned.database.read(tenantId, (client) =>
    client.auditEvent.findMany({ orderBy: { id: 'asc' }, omit: { id: true } }),
  );
  expect(events).toEqual([
    {
      tenantId,
      orderId,
      action: 'hold.released',
      actor: 'user:1',
      actorName: 'Ada',
      reason: 'paid',
      data: {},
      at,
    },
    {
      tenantId,
      orderId: null,
      action: 'stock.reserved',
      actor: 'system',
      actorName: 'System',
      reason: null,
      data: { units: '5' },
      at,
    },
  ]);
});

test('an outbox event exists exactly when its transaction committed', async () => {
  const record = (topic: string, fails: boolean) =>
    cloned.database.transaction(tenantId, async (tx) => {
      const ids = await recordOutboxEvent(tx, [
        { tenantId, topic, payload: { total: 7n }, at },
        { tenantId, topic, payload: {}, at },
      ]);
      if (fails) throw new Error('no');
      return ids;
    });
  await expect(record('lost', true)).rejects.toThrow('no');
  const ids = await record('kept', false);
  const waiting = await cloned.database.engine((tx) =>
    tx.query(
      'select id, topic, payload, created_at as at from outbox_event where delivered_at is null order by id',
    ),
  );
  expect(waiting).toEqual([
    { id: ids[0], topic: 'kept', payload: { total: '7' }, at },
    { id: ids[1], topic: 'kept', payload: {}, at },
  ]);
});

test.each(['audit_event', 'process_event', 'stock_entry', 'stock_transaction', 'tracking_event', 'document'])(
  '%s is append only',
  async (table) => {
    for (const sql of [
      `delete from ${table}`,
      `update ${table} set tenant_id = tenant_id`,
      `truncate ${table}`,
    ]) {
      await expect(cloned.database.transaction(tenantId, (tx) => tx.query(sql))).rejects.toThrow(
        /permission denied/,
      );
    }
  },
);
