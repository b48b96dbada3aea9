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
    if (definition === undefined) refuseStart(batch, start);
    else startInstance(batch, definition, { ...start, startEvent: null });
  }
}

/** A call activity learns it as an error it may catch; a person as an error of the request. */
function refuseStart(batch: Batch, start: QueuedStart): void {
  const message = `No process ${start.process} is deployed.`;
  if (start.parent === null) {
    fail('RUNTIME_PROCESS_NOT_FOUND', message, {
      field: start.process,
      fix: 'Deploy it first, or correct the id.',
    });
  }
  const outcome = { kind: 'error', code: 'RUNTIME_PROCESS_NOT_FOUND', message, variables: {} } as const;
  answerCall(batch, start.parent, outcome, start.actor);
}

/** Cancels the instances whose call activities no longer wait for them. */
export async function cancelCalledInstances(batch: Batch): Promise<void> {
  const cancelled = batch.todo.cancelledCalls.splice(0);
  const rows = await batch.tx.query<{ id: string }>(
    `SELECT i.id FROM process_instance i
       JOIN unnest($2::uuid[], $3::text[]) AS c(instance_id, call_id)
         ON i.parent_instance_id = c.instance_id AND i.parent_call_id = c.call_id
      WHERE i.tenant_id = $1 AND i.status = 'ACTIVE'`,
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
