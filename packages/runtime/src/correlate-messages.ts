import type { Variables } from '@orderloom/engine';
import { must } from '@orderloom/kernel';
import type { Actor } from './actor.ts';
import { startInstance, type Batch, type QueuedMessage, type SubscriptionRow } from './batch.ts';
import { lockReceivers, type Receiver } from './find-receivers.ts';
import { findBuffered, markDelivered, storeMessages } from './message-buffer.ts';
import { lockMessages } from './message-locks.ts';
import { waitKey } from './staged-rows.ts';

/**
 * Brings messages and those who wait for them together. A subscription that was just opened takes the
 * oldest buffered message that fits; a message goes to one running instance that waits for it (its own key
 * before any key, the oldest instance first), else it starts an instance of each process that begins with
 * it, else it is buffered until it expires.
 */
export async function correlateMessages(batch: Batch): Promise<void> {
  const opened = batch.todo.subscriptions
    .splice(0)
    .filter(({ instanceId, id }) => !batch.closedWaits.has(waitKey(instanceId, id)));
  const messages = batch.todo.messages.splice(0);
  await lockMessages(
    batch,
    messages.map((queued) => queued.message),
    opened,
  );
  const taken = await deliverBuffered(batch, opened, messages);
  const fresh = await storeIdentified(batch, messages);
  const unwanted = await deliver(batch, fresh, taken);
  const left = await startFrom(batch, unwanted);
  await storeMessages(
    batch,
    left.filter((queued) => !queued.stored),
  );
}

/** Hands buffered messages to new subscriptions; answers which subscriptions got one. */
async function deliverBuffered(
  batch: Batch,
  opened: readonly SubscriptionRow[],
  pending: readonly QueuedMessage[],
): Promise<Set<string>> {
  const taken = new Set<string>();
  const buffered = new Set(await findBuffered(batch, opened, pending));
  const delivered: string[] = [];
  for (const { instanceId, id, message: name, correlationKey } of opened) {
    const message = [...buffered].find(
      (one) => one.name === name && (correlationKey === null || correlationKey === one.correlationKey),
    );
    if (message === undefined) continue;
    buffered.delete(message);
    delivered.push(message.id);
    correlate(batch, { instanceId, id }, message, taken);
  }
  await markDelivered(batch, delivered);
  return taken;
}

function correlate(
  batch: Batch,
  { instanceId, id }: Pick<Receiver, 'instanceId' | 'id'>,
  { variables, actor }: { readonly variables: Variables; readonly actor: Actor },
  taken: Set<string>,
): void {
  taken.add(waitKey(instanceId, id));
  batch.todo.commands.push({
    instanceId,
    command: { kind: 'correlateMessage', subscription: id, variables },
    actor,
    required: false,
  });
}

/** Messages with the sender's id get their row first: the unique index says which of them were here before. */
async function storeIdentified(batch: Batch, messages: readonly QueuedMessage[]): Promise<QueuedMessage[]> {
  const identified = messages.filter(({ message, stored }) => message.messageId !== undefined && !stored);
  await storeMessages(batch, identified);
  return messages.filter(({ message, stored }) => message.messageId === undefined || stored);
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
  const started = messages.filter(({ message, stored }) => stored && starts.has(message.name));
  await markDelivered(
    batch,
    started.map(({ id }) => id),
  );
  return messages.filter(({ message }) => !starts.has(message.name));
}
