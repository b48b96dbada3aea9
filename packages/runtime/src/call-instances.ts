import { fail } from '@orderloom/kernel';
import { answerCall, startInstance, type Batch, type QueuedStart } from './batch.ts';
import { systemActor } from './actor.ts';
import { waitKey } from './staged-rows.ts';

/** Makes the instances that callers and call activities asked for, each of the latest version of its process. */
export async function startInstances(batch: Batch): Promise<void> {
  const starts = batch.todo.starts.splice(0);
  const definitions = await batch.definitions.latest(batch.tx, batch.tenantId, [
    ...new Set(starts.map((start) => start.process)),
  ]);
  for (const start of starts) {
    const { parent } = start;
    if (parent !== null && batch.closedWaits.has(waitKey(parent.instanceId, parent.callId))) continue;
    const definition = definitions.get(start.process);
    if (definition === undefined) {
      refuseStart(
        batch,
        start,
        `No process ${start.process} is deployed.`,
        'Deploy it first, or correct the id.',
      );
    } else if (definition.model.startEvents.none === null) {
      const message = `The process ${start.process} begins only with a message or a timer.`;
      refuseStart(batch, start, message, 'Give it a start event without a trigger, or send the message.');
    } else {
      startInstance(batch, definition, { ...start, startEvent: null });
    }
  }
}

/** A call activity learns it as an error it may catch; a person as an error of the request. */
function refuseStart(
  batch: Batch,
  { process, parent, actor }: QueuedStart,
  message: string,
  fix: string,
): void {
  const code = 'RUNTIME_PROCESS_NOT_FOUND';
  if (parent === null) fail(code, message, { field: process, fix });
  answerCall(batch, parent, { kind: 'error', code, message, variables: {} }, actor);
}

/** Cancels the instances whose call activities no longer wait for them. */
export async function cancelCalledInstances(batch: Batch): Promise<void> {
  const cancelled = batch.todo.cancelledCalls.splice(0);
  const rows = await batch.tx.query<{ id: string }>(
    `select i.id from process_instance i
       join unnest($2::uuid[], $3::text[]) as c(instance_id, call_id)
         on i.parent_instance_id = c.instance_id and i.parent_call_id = c.call_id
      where i.tenant_id = $1 and i.status = 'ACTIVE'`,
    [batch.tenantId, cancelled.map((call) => call.instanceId), cancelled.map((call) => call.id)],
  );
  const calls = new Set(cancelled.map((call) => waitKey(call.instanceId, call.id)));
  const born = [...batch.instances.values()].filter(
    ({ isNew, parent }) => isNew && parent !== null && calls.has(waitKey(parent.instanceId, parent.callId)),
  );
  for (const { id } of [...rows, ...born]) {
    batch.todo.commands.push({
      instanceId: id,
      command: { kind: 'cancel', reason: 'The calling activity was cancelled.' },
      actor: systemActor,
      required: false,
    });
  }
}
