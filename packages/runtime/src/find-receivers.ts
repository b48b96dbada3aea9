import type { Batch, QueuedMessage } from './batch.ts';
import { loadInstances } from './load-instances.ts';
import { waitKey } from './staged-rows.ts';

/** An instance that waits for a message. */
export interface Receiver {
  readonly instanceId: string;
  /** The subscription. */
  readonly id: string;
  /** Waits for any key. */
  readonly anyKey: boolean;
}

/**
 * For each message who waits for it, best first. The instances that will get one are locked, and found
 * to be waiting still once they are: until then another node may move them.
 */
export async function lockReceivers(
  batch: Batch,
  messages: readonly QueuedMessage[],
  taken: ReadonlySet<string>,
): Promise<Map<string, readonly Receiver[]>> {
  for (;;) {
    const receivers = await findReceivers(batch, messages);
    const assigned = new Set(taken);
    const chosen = [...receivers.values()].flatMap((candidates) => {
      const receiver = candidates.find(({ instanceId, id }) => !assigned.has(waitKey(instanceId, id)));
      if (receiver === undefined) return [];
      assigned.add(waitKey(receiver.instanceId, receiver.id));
      return [receiver.instanceId];
    });
    if (chosen.every((id) => batch.instances.has(id))) return receivers;
    await loadInstances(batch, chosen);
  }
}

async function findReceivers(
  batch: Batch,
  messages: readonly QueuedMessage[],
): Promise<Map<string, readonly Receiver[]>> {
  const rows = await batch.tx.query<{ for: string; instance_id: string; id: string; any_key: boolean }>(
    `select m.id as for, s.instance_id, s.id, s.any_key
       from unnest($2::uuid[], $3::text[], $4::text[]) as m(id, name, key)
      cross join lateral (
        (select instance_id, id, false as any_key from message_subscription
          where tenant_id = $1 and message = m.name and correlation_key = m.key
          order by instance_id, id limit $5)
        union all
        (select instance_id, id, true from message_subscription
          where tenant_id = $1 and message = m.name and correlation_key is null
          order by instance_id, id limit $5)) s`,
    [
      batch.tenantId,
      messages.map(({ id }) => id),
      messages.map(({ message }) => message.name),
      messages.map(({ message }) => message.correlationKey),
      messages.length + batch.write.subscriptions.closed.length,
    ],
  );
  const receivers = new Map<string, Receiver[]>(messages.map(({ id }) => [id, []]));
  for (const row of rows) {
    const receiver = { instanceId: row.instance_id, id: row.id, anyKey: row.any_key };
    if (!batch.closedWaits.has(waitKey(receiver.instanceId, receiver.id)))
      receivers.get(row.for)?.push(receiver);
  }
  const staged = Map.groupBy(batch.write.subscriptions.opened, (row) => row.message);
  for (const { id, message } of messages) {
    for (const row of staged.get(message.name) ?? []) {
      if (row.correlationKey === null || row.correlationKey === message.correlationKey) {
        receivers
          .get(id)
          ?.push({ instanceId: row.instanceId, id: row.id, anyKey: row.correlationKey === null });
      }
    }
  }
  for (const candidates of receivers.values()) candidates.sort(byPrecedence);
  return receivers;
}

/** The exact key first, then the oldest instance: ids of instances sort by time of creation. */
function byPrecedence(a: Receiver, b: Receiver): number {
  if (a.anyKey !== b.anyKey) return a.anyKey ? 1 : -1;
  if (a.instanceId !== b.instanceId) return a.instanceId < b.instanceId ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
