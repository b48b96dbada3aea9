import { newId, type Id } from '@orderloom/kernel';
import { plainJson } from './json.ts';
import type { Transaction } from './transaction.ts';

/** Something the outside must be told. */
export interface OutboxEvent {
  readonly tenantId: Id;
  /** Who is told what: `order.placed`, `document.acknowledged`. */
  readonly topic: string;
  /** As JSON; a `bigint` is kept as text. */
  readonly payload: object;
  readonly at: Date;
}

/**
 * Writes one or more events with the change they tell of. They are delivered after the commit, at least once;
 * the ids, returned in the order of the events, stay the same from attempt to attempt.
 */
export async function recordOutboxEvent(
  tx: Transaction,
  events: OutboxEvent | readonly OutboxEvent[],
): Promise<readonly Id[]> {
  const rows = [events].flat().map((event) => ({ id: newId(), ...event }));
  await tx.query(
    `insert into outbox_event (tenant_id, id, topic, payload, created_at)
     select "tenantId", id, topic, payload, at
       from jsonb_to_recordset($1) as event ("tenantId" uuid, id uuid, topic text, payload jsonb, at timestamptz)`,
    [plainJson(rows)],
  );
  return rows.map(({ id }) => id);
}
