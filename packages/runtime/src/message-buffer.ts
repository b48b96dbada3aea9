import type { Variables } from '@orderloom/engine';
import { formatActor, parseActor, type Actor } from './actor.ts';
import type { Batch, QueuedMessage, SubscriptionRow } from './batch.ts';
import { defaultTimeToLiveMs } from './message.ts';

export interface BufferedMessage {
  readonly id: string;
  readonly name: string;
  readonly correlationKey: string | null;
  readonly variables: Variables;
  readonly actor: Actor;
}

/** Inserts messages as waiting, except those that repeat another. */
export async function storeMessages(batch: Batch, messages: readonly QueuedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  // One order for everybody: two transactions that insert the same ids must not wait for each other crosswise.
  const sorted = messages.toSorted((a, b) =>
    (a.message.messageId ?? a.id) < (b.message.messageId ?? b.id) ? -1 : 1,
  );
  const rows = await batch.tx.query<{ id: string }>(
    `insert into message (tenant_id, id, name, correlation_key, message_id, variables, received_at, expires_at, actor)
     select $1, m.id, m.name, m.correlation_key, m.message_id, m.variables, $2, m.expires_at, m.actor
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[], $9::text[])
         as m(id, name, correlation_key, message_id, variables, expires_at, actor)
     on conflict (tenant_id, name, message_id) do nothing
     returning id`,
    [
      batch.tenantId,
      batch.now,
      sorted.map(({ id }) => id),
      sorted.map(({ message }) => message.name),
      sorted.map(({ message }) => message.correlationKey),
      sorted.map(({ message }) => message.messageId ?? null),
      sorted.map(({ message }) => JSON.stringify(message.variables)),
      sorted.map(
        ({ message }) => new Date(batch.now.getTime() + (message.timeToLiveMs ?? defaultTimeToLiveMs)),
      ),
      sorted.map(({ actor }) => formatActor(actor)),
    ],
  );
  const inserted = new Set(rows.map((row) => row.id));
  for (const queued of sorted) queued.stored = inserted.has(queued.id);
}

/** Waiting messages that fit any of the subscriptions, the oldest first; `pending` ones are on their way already. */
export async function findBuffered(
  batch: Batch,
  subscriptions: readonly SubscriptionRow[],
  pending: readonly QueuedMessage[],
): Promise<readonly BufferedMessage[]> {
  if (subscriptions.length === 0) return [];
  const wanted = new Map(
    subscriptions.map(({ message, correlationKey }) => [
      JSON.stringify([message, correlationKey]),
      { message, correlationKey },
    ]),
  );
  const rows = await batch.tx.query<{
    id: string;
    name: string;
    correlation_key: string | null;
    variables: Variables;
    actor: string;
  }>(
    `select m.* from unnest($3::text[], $4::text[]) as s(name, key)
      cross join lateral (
        (select id, name, correlation_key, variables, actor, received_at from message
          where tenant_id = $1 and name = s.name and correlation_key = s.key
            and delivered_at is null and expires_at > $2 and id <> all ($6::uuid[])
          order by received_at, id limit $5)
        union all
        (select id, name, correlation_key, variables, actor, received_at from message
          where s.key is null and tenant_id = $1 and name = s.name
            and delivered_at is null and expires_at > $2 and id <> all ($6::uuid[])
          order by received_at, id limit $5)) m
      order by m.received_at, m.id`,
    [
      batch.tenantId,
      batch.now,
      [...wanted.values()].map((want) => want.message),
      [...wanted.values()].map((want) => want.correlationKey),
      subscriptions.length,
      pending.map(({ id }) => id),
    ],
  );
  return rows.map(({ id, name, correlation_key, variables, actor }) => ({
    id,
    name,
    correlationKey: correlation_key,
    variables,
    actor: parseActor(actor),
  }));
}

/** A delivered row stays until it expires: it tells repetitions of a message apart. */
export async function markDelivered(batch: Batch, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await batch.tx.query(`update message set delivered_at = $3 where tenant_id = $1 and id = any($2::uuid[])`, [
    batch.tenantId,
    ids,
    batch.now,
  ]);
}
