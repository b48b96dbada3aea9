import {
  advance,
  type Command,
  type Effect,
  type Environment,
  type ProcessEvent,
  type Transition,
} from '@orderloom/engine';
import { fail, isOrderloomError, newId, OrderloomError, unreachable } from '@orderloom/kernel';
import { formatActor, type Actor } from './actor.ts';
import { answerCall, type Batch, type InstanceRecord, type QueuedCommand } from './batch.ts';
import { loadInstances } from './load-instances.ts';
import { waitKey } from './staged-rows.ts';

/** Advances instances by every queued command, in order, and stages what follows from it. */
export async function applyCommands(batch: Batch): Promise<void> {
  const commands = batch.todo.commands.splice(0);
  await loadInstances(
    batch,
    commands.map((queued) => queued.instanceId),
  );
  await loadDecisions(batch, commands);
  const environment: Environment = {
    now: batch.now,
    timeZone: batch.timeZone,
    decision: (id) => batch.decisions.get(id),
  };
  for (const queued of commands) applyCommand(batch, environment, queued);
}

async function loadDecisions(batch: Batch, commands: readonly QueuedCommand[]): Promise<void> {
  const missing = new Set<string>();
  for (const { instanceId } of commands) {
    for (const key of batch.instances.get(instanceId)?.definition.decisions ?? []) {
      if (!batch.decisions.has(key)) missing.add(key);
    }
  }
  if (missing.size === 0) return;
  const keys = [...missing];
  const found = await batch.definitions.latestDecisions(batch.tx, batch.tenantId, keys);
  for (const key of keys) batch.decisions.set(key, found.get(key));
}

function applyCommand(batch: Batch, environment: Environment, queued: QueuedCommand): void {
  const { instanceId, command, actor, required } = queued;
  const instance = batch.instances.get(instanceId);
  if (instance === undefined || instance.status !== 'ACTIVE') {
    if (required) refuse(instanceId, instance);
    return;
  }
  const wait = waitOf(command);
  if (!required && wait !== null && batch.closedWaits.has(waitKey(instanceId, wait))) return;

  const { instance: document, effects, events } = step(instance, command, environment);
  instance.document = document;
  instance.revision += 1;
  instance.changed = true;
  for (const event of events) stageEvent(batch, instance, event, actor);
  for (const effect of effects) stageEffect(batch, instance, effect, queued);
}

function refuse(instanceId: string, instance: InstanceRecord | undefined): never {
  if (instance === undefined) {
    fail('RUNTIME_INSTANCE_NOT_FOUND', `There is no process instance ${instanceId}.`, {
      fix: 'Check the id: instances are found by business key in the list of instances.',
    });
  }
  fail(
    'RUNTIME_INSTANCE_ENDED',
    `Process instance ${instanceId} has ended (${instance.status.toLowerCase()}).`,
    {
      fix: 'Reload: nothing can be done to it any more.',
    },
  );
}

function step(
  { id, definition, document }: InstanceRecord,
  command: Command,
  environment: Environment,
): Transition {
  try {
    return advance(definition.model, document, command, environment);
  } catch (error) {
    if (isOrderloomError(error)) throw error;
    throw new OrderloomError(
      'RUNTIME_STEP_FAILED',
      `The command ${command.kind} could not be applied to process instance ${id} of ${definition.key}, version ${definition.version}.`,
      { fix: 'Nothing was changed. Report it with the id of the instance.', cause: error },
    );
  }
}

/** The job, task, timer, subscription or call the command answers. */
function waitOf(command: Command): string | null {
  switch (command.kind) {
    case 'completeJob':
    case 'failJob':
      return command.job;
    case 'throwError':
      return command.at;
    case 'completeTask':
      return command.task;
    case 'correlateMessage':
      return command.subscription;
    case 'fireTimer':
      return command.timer;
    case 'completeCall':
      return command.call;
    default:
      return null;
  }
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
