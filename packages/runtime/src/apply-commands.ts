import { advance, type Command, type Environment, type Transition } from '@orderloom/engine';
import { fail, isOrderloomError, OrderloomError } from '@orderloom/kernel';
import type { Batch, InstanceRecord, QueuedCommand } from './batch.ts';
import { loadInstances } from './load-instances.ts';
import { stageTransition } from './stage-transition.ts';
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
  const { instanceId, command, required } = queued;
  const instance = batch.instances.get(instanceId);
  if (instance === undefined || instance.status !== 'ACTIVE') {
    if (required) refuse(instanceId, instance);
    return;
  }
  const wait = waitOf(command);
  if (!required && wait !== null && batch.closedWaits.has(waitKey(instanceId, wait))) return;

  stageTransition(batch, instance, step(instance, command, environment), queued);
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
