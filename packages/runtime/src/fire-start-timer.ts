import { must } from '@orderloom/kernel';
import { systemActor } from './actor.ts';
import { startInstance, type Batch } from './batch.ts';
import type { Submission } from './submission.ts';

/**
 * Begins an instance and sets the timer to the next time after now: however long no server ran, what was
 * missed begins once. The row is locked and compared, so that only one node begins it.
 */
export async function fireStartTimer(
  batch: Batch,
  timer: Extract<Submission, { kind: 'startTimer' }>,
): Promise<boolean> {
  const { tx, tenantId, now, timeZone } = batch;
  const key = [tenantId, timer.definitionId, timer.element];
  const rows = await tx.query<{ due_at: Date }>(
    `select due_at from start_timer
      where tenant_id = $1 and definition_id = $2 and element = $3 and due_at = $4 for update`,
    [...key, timer.dueAt],
  );
  if (rows.length === 0) return false;
  const definitions = await batch.definitions.load(tx, tenantId, [timer.definitionId]);
  const definition = must(definitions.get(timer.definitionId), 'the definition of a start timer');
  const event = definition.model.startEvents.timers.find(({ element }) => element === timer.element);
  const next = must(event, `start timer ${timer.element}`).nextDue(now, timeZone);
  await (next === null
    ? tx.query('delete from start_timer where tenant_id = $1 and definition_id = $2 and element = $3', key)
    : tx.query(
        'update start_timer set due_at = $4 where tenant_id = $1 and definition_id = $2 and element = $3',
        [...key, next],
      ));
  startInstance(batch, definition, {
    businessKey: null,
    variables: {},
    startEvent: timer.element,
    actor: systemActor,
  });
  return true;
}
