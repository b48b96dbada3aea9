import type { Effect, ProcessEvent, Transition } from '@orderloom/engine';
import { newId, unreachable } from '@orderloom/kernel';
import { formatActor, type Actor } from './actor.ts';
import { answerCall, type Batch, type InstanceRecord, type QueuedCommand } from './batch.ts';
import { waitKey } from './staged-rows.ts';

/** Takes over what a command made of an instance: its document, its history, and what must be done or written. */
export function stageTransition(
  batch: Batch,
  instance: InstanceRecord,
  { instance: document, effects, events }: Transition,
  cause: QueuedCommand,
): void {
  instance.document = document;
  instance.revision += 1;
  instance.changed = true;
  for (const event of events) stageEvent(batch, instance, event, cause.actor);
  for (const effect of effects) stageEffect(batch, instance, effect, cause);
}

function stageEvent(batch: Batch, instance: InstanceRecord, event: ProcessEvent, actor: Actor): void {
  const { type, ...rest } = event;
  const { element = null, ...data } = 'element' in rest ? rest : { ...rest, element: null };
  instance.eventCount += 1;
  batch.write.events.push({
    instanceId: instance.id,
    sequence: instance.eventCount,
    type,
    element,
    data: JSON.stringify(data),
    actor: formatActor(actor),
  });
}

function stageEffect(batch: Batch, instance: InstanceRecord, effect: Effect, cause: QueuedCommand): void {
  const { todo, write } = batch;
  const instanceId = instance.id;
  const { actor } = cause;
  switch (effect.kind) {
    case 'openJob':
      // A failed job that is retried opens again under its id.
      batch.closedWaits.delete(waitKey(instanceId, effect.id));
      if (effect.work === 'transactional') todo.work.push({ instance, effect, actor });
      else write.jobs.open({ instanceId, businessKey: instance.businessKey, ...effect });
      return;
    case 'closeJob':
      closeWait(batch, instanceId, effect.id);
      write.jobs.close(instanceId, effect.id);
      return;
    case 'openTask':
      write.tasks.open({ instanceId, ...effect });
      return;
    case 'closeTask': {
      closeWait(batch, instanceId, effect.id);
      const completed = effect.reason === 'completed';
      write.tasks.close(instanceId, effect.id);
      write.closedTasks.push({
        instanceId,
        id: effect.id,
        state: completed ? 'COMPLETED' : 'CANCELLED',
        actor: formatActor(actor),
        result: completed && cause.command.kind === 'completeTask' ? cause.command.variables : null,
      });
      return;
    }
    case 'openTimer':
      write.timers.open({ instanceId, ...effect });
      return;
    case 'closeTimer':
      closeWait(batch, instanceId, effect.id);
      write.timers.close(instanceId, effect.id);
      return;
    case 'openSubscription': {
      const row = { instanceId, ...effect };
      write.subscriptions.open(row);
      todo.subscriptions.push(row);
      return;
    }
    case 'closeSubscription':
      closeWait(batch, instanceId, effect.id);
      write.subscriptions.close(instanceId, effect.id);
      return;
    case 'publishMessage':
      todo.messages.push({
        id: newId(),
        message: {
          name: effect.message,
          correlationKey: effect.correlationKey,
          variables: effect.variables,
          ...(instance.businessKey !== null && { businessKey: instance.businessKey }),
        },
        actor,
        stored: false,
      });
      return;
    case 'startCall':
      todo.starts.push({
        instanceId: newId(),
        process: effect.process,
        businessKey: effect.businessKey,
        variables: effect.variables,
        parent: { instanceId, callId: effect.id },
        actor,
      });
      return;
    case 'cancelCall':
      closeWait(batch, instanceId, effect.id);
      todo.cancelledCalls.push({ instanceId, id: effect.id });
      return;
    case 'raiseIncident':
      write.incidents.open({ instanceId, ...effect });
      return;
    case 'resolveIncident':
      write.incidents.close(instanceId, effect.id);
      write.resolvedIncidents.push({ instanceId, id: effect.id, actor: formatActor(actor) });
      return;
    case 'end':
      instance.status =
        effect.status === 'completed'
          ? 'COMPLETED'
          : effect.status === 'terminated'
            ? 'TERMINATED'
            : 'CANCELLED';
      instance.endedAt = batch.now;
      if (instance.parent !== null) answerCall(batch, instance.parent, effect.outcome, actor);
      return;
    default:
      unreachable(effect);
  }
}

function closeWait(batch: Batch, instanceId: string, id: string): void {
  batch.closedWaits.add(waitKey(instanceId, id));
}
