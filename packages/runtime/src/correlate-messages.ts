import type { Variables } from '@orderloom/engine';
import { must } from '@orderloom/kernel';
import { formatActor, parseActor } from './actor.ts';
import { startInstance, type Batch, type QueuedMessage, type SubscriptionRow } from './batch.ts';
import { loadInstances } from './load-instances.ts';
import { defaultTimeToLiveMs } from './message.ts';
import { lockMessages } from './message-locks.ts';
import { waitKey } from './staged-rows.ts';

/**
 * Brings messages and those who wait for them together. A subscription that was just opened takes the
 * oldest buffered message that fits; a message goes to one running instance that waits for it (its own key
 * before any key, the oldest instance first), else it starts an instance of each process that begins with
 * it, else it is buffered until it expires.
 */
export async function correlateMessages(batch: Batch): Promise<void> {
  const opened = batch.todo.subscriptions.splice(0).filter((row) => isOpen(batch, row));
  const messages = batch.todo.messages.splice(0);
  await lockMessages(
    batch,
    messages.map((queued) => queued.message),
    opened,
  );
  const taken = await deliverBuffered(batch, opened);
  const fresh = await storeIdentified(batch, messages);
  const unwanted = await deliver(batch, fresh, taken);
  const left = await startFrom(batch, unwanted);
  await store(
    batch,
    left.filter((queued) => !queued.stored),
  );
}

function isOpen(batch: Batch, { instanceId, id }: { instanceId: string; id: string }): boolean {
  return !batch.closedWaits.has(waitKey(instanceId, id));
}

/** Hands buffered messages to new subscriptions; answers which subscriptions got one. */
async function deliverBuffered(batch: Batch, opened: readonly SubscriptionRow[]): Promise<Set<string>> {
  const taken = new Set<string>();
  if (opened.length === 0) return taken;
  const wanted = new Map(
    opened.map(({ message, correlationKey }) => [
      `${correlationKey}\n${message}`,
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
            and delivered_at is null and expires_at > $2
          order by received_at, id limit $5)
        union
        (select id, name, correlation_key, variables, actor, received_at from message
          where s.key is null and tenant_id = $1 and name = s.name
            and delivered_at is null and expires_at > $2
          order by received_at, id limit $5)) m
      order by m.received_at, m.id`,
    [
      batch.tenantId,
      batch.now,
      [...wanted.values()].map((want) => want.message),
      [...wanted.values()].map((want) => want.correlationKey),
      opened.length,
    ],
  );
  const delivered = new Set<string>();
  for (const subscription of opened) {
    const row = rows.find(
      ({ id, name, correlation_key }) =>
        !delivered.has(id) &&
        name === subscription.message &&
        (subscription.correlationKey === null || subscription.correlationKey === correlation_key),
    );
    if (row === undefined) continue;
    delivered.add(row.id);
    taken.add(waitKey(subscription.instanceId, subscription.id));
    batch.todo.commands.push({
      instanceId: subscription.instanceId,
      command: { kind: 'correlateMessage', subscription: subscription.id, variables: row.variables },
      actor: parseActor(row.actor),
      required: false,
    });
  }
  await markDelivered(batch, [...delivered]);
  return taken;
}

/** Messages with the sender's id get their row first: the unique index says which of them were here before. */
async function storeIdentified(batch: Batch, messages: readonly QueuedMessage[]): Promise<QueuedMessage[]> {
  const identified = messages.filter(({ message, stored }) => message.messageId !== undefined && !stored);
  await store(batch, identified);
  return messages.filter(({ message, stored }) => message.messageId === undefined || stored);
}

/** Inserts messages as waiting, except those that repeat another. */
async function store(batch: Batch, messages: readonly QueuedMessage[]): Promise<void> {
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

interface Receiver {
  readonly instanceId: string;
  readonly id: string;
  /** Waits for any key. */
  readonly anyKey: boolean;
}

/** Hands messages to waiting instances; answers those nobody waits for. */
async function deliver(
  batch: Batch,
  messages: readonly QueuedMessage[],
  taken: Set<string>,
): Promise<QueuedMessage[]> {
  if (messages.length === 0) return [];
  const receivers = await lockReceivers(batch, messages, taken);
  const unwanted: QueuedMessage[] = [];
  const delivered: string[] = [];
  for (const queued of messages) {
    const candidates = must(receivers.get(queued.id), 'an entry for each message');
    const receiver = candidates.find(({ instanceId, id }) => !taken.has(waitKey(instanceId, id)));
    if (receiver !== undefined) {
      taken.add(waitKey(receiver.instanceId, receiver.id));
      batch.todo.commands.push({
        instanceId: receiver.instanceId,
        command: { kind: 'correlateMessage', subscription: receiver.id, variables: queued.message.variables },
        actor: queued.actor,
        required: false,
      });
      if (queued.stored) delivered.push(queued.id);
    } else if (candidates.length > 0) {
      // Each receiver gets another message in this round and may still wait after it: look again then.
      batch.todo.messages.push(queued);
    } else {
      unwanted.push(queued);
    }
  }
  await markDelivered(batch, delivered);
  return unwanted;
}

/**
 * For each message who waits for it, best first. The instances that will get one are locked, and found
 * to be waiting still once they are: until then another node may move them.
 */
async function lockReceivers(
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
    if (isOpen(batch, receiver)) receivers.get(row.for)?.push(receiver);
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

/** Starts the processes that begin with these messages; answers the messages that begin none. */
async function startFrom(batch: Batch, messages: readonly QueuedMessage[]): Promise<QueuedMessage[]> {
  if (messages.length === 0) return [];
  const rows = await batch.tx.query<{ message: string; element: string; definition_id: string }>(
    `select message, element, definition_id from start_subscription
      where tenant_id = $1 and message = any($2::text[]) order by key, element`,
    [batch.tenantId, [...new Set(messages.map(({ message }) => message.name))]],
  );
  const definitions = await batch.definitions.load(
    batch.tx,
    batch.tenantId,
    rows.map((row) => row.definition_id),
  );
  const starts = Map.groupBy(rows, (row) => row.message);
  for (const { message, actor } of messages) {
    for (const { element, definition_id } of starts.get(message.name) ?? []) {
      startInstance(batch, must(definitions.get(definition_id), 'the definition of a start event'), {
        businessKey: message.businessKey ?? null,
        variables: message.variables,
        startEvent: element,
        actor,
      });
    }
  }
  const [started, left] = [
    messages.filter(({ message }) => starts.has(message.name)),
    messages.filter(({ message }) => !starts.has(message.name)),
  ];
  await markDelivered(
    batch,
    started.filter(({ stored }) => stored).map(({ id }) => id),
  );
  return left;
}

/** A delivered row stays until it expires: it tells repetitions of a message apart. */
async function markDelivered(batch: Batch, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await batch.tx.query(`update message set delivered_at = $3 where tenant_id = $1 and id = any($2::uuid[])`, [
    batch.tenantId,
    ids,
    batch.now,
  ]);
}
