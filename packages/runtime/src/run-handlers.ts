import type { Command } from '@orderloom/engine';
import { isOrderloomError } from '@orderloom/kernel';
import { formatActor, systemActor } from './actor.ts';
import type { Batch, QueuedWork } from './batch.ts';
import { isTransient } from './database-error.ts';
import type { RuntimeLog } from './log.ts';
import { waitKey } from './staged-rows.ts';
import type { JobOutcome, StepContext, TransactionalHandler, TransactionalWork } from './work.ts';

/** One instance may do so many transactional tasks in one step; more is a loop without a wait. */
const tasksPerStep = 1000;

export type Handlers = Readonly<Record<string, TransactionalHandler>>;

/** Does the transactional work that is open in the batch, one handler call for all work of a type. */
export async function runHandlers(batch: Batch, handlers: Handlers, log: RuntimeLog): Promise<void> {
  const open = batch.todo.work
    .splice(0)
    .filter(({ instance, effect }) => !batch.closedWaits.has(waitKey(instance.id, effect.id)));
  for (const [type, work] of Map.groupBy(open, ({ effect }) => effect.type)) {
    const [endless, due] = partition(work, ({ instance }) => countTask(batch, instance.id) > tasksPerStep);
    for (const item of endless) answer(batch, item, endlessStep);
    if (due.length === 0) continue;
    const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
    const outcomes =
      handler === undefined ? due.map(() => missing(type)) : await callHandler(batch, handler, due, log);
    for (const [index, item] of due.entries()) answer(batch, item, outcomes[index] as JobOutcome);
  }
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const item of items) (belongs(item) ? yes : no).push(item);
  return [yes, no];
}

function countTask(batch: Batch, instanceId: string): number {
  const count = (batch.tasksDone.get(instanceId) ?? 0) + 1;
  batch.tasksDone.set(instanceId, count);
  return count;
}

/** All at once; when that throws, one by one, so that only the task that throws is left without an answer. */
async function callHandler(
  batch: Batch,
  handler: TransactionalHandler,
  work: readonly QueuedWork[],
  log: RuntimeLog,
): Promise<readonly JobOutcome[]> {
  try {
    return await batch.tx.savepoint(async () => {
      const given = work.map(toTransactionalWork);
      const context = contextOf(batch, work);
      const outcomes = await handler(batch.tx, given, context);
      if (outcomes.length !== work.length) {
        throw new Error(`a handler answered ${outcomes.length} of ${work.length} tasks`);
      }
      for (const outcome of outcomes) {
        if (outcome.kind === 'completed') await outcome.record?.(batch.tx, context);
      }
      return outcomes;
    });
  } catch (error) {
    if (isTransient(error)) throw error;
    if (work.length > 1) {
      const outcomes: JobOutcome[] = [];
      for (const item of work) outcomes.push(...(await callHandler(batch, handler, [item], log)));
      return outcomes;
    }
    return work.map(({ instance, effect }) => {
      log.error(
        { tenantId: batch.tenantId, instanceId: instance.id, type: effect.type, err: error },
        'handler failed',
      );
      return failed(error);
    });
  }
}

function toTransactionalWork({ instance, effect, actor }: QueuedWork): TransactionalWork {
  return {
    instanceId: instance.id,
    jobId: effect.id,
    element: effect.element,
    businessKey: instance.businessKey,
    variables: effect.variables,
    actor,
  };
}

function contextOf(batch: Batch, work: readonly QueuedWork[]): StepContext {
  const actors = new Map(work.map(({ actor }) => [formatActor(actor), actor]));
  const [only = systemActor, ...others] = actors.values();
  return { tenantId: batch.tenantId, now: batch.now, actor: others.length > 0 ? systemActor : only };
}

function answer(batch: Batch, { instance, effect, actor }: QueuedWork, outcome: JobOutcome): void {
  batch.todo.commands.push({
    instanceId: instance.id,
    command: commandFor(effect.id, outcome),
    actor,
    required: false,
  });
}

/** What the engine is told when the work has been done, or will not be. */
export function commandFor(job: string, outcome: JobOutcome): Command {
  switch (outcome.kind) {
    case 'completed':
      return { kind: 'completeJob', job, variables: outcome.variables };
    case 'error':
      return {
        kind: 'throwError',
        at: job,
        code: outcome.code,
        message: outcome.message,
        variables: outcome.variables ?? {},
      };
    case 'failed':
      return { kind: 'failJob', job, code: outcome.code, message: outcome.message };
  }
}

const endlessStep: JobOutcome = {
  kind: 'failed',
  code: 'RUNTIME_ENDLESS_STEP',
  message: `More than ${tasksPerStep} tasks in one step: the process goes round in a loop that never waits.`,
  retryable: false,
};

function missing(type: string): JobOutcome {
  return {
    kind: 'failed',
    code: 'RUNTIME_HANDLER_MISSING',
    message: `This server does no work of type ${type}: correct the type in the process, or install what does it.`,
    retryable: false,
  };
}

/** Only what was written for people to read goes into the incident; the log has the rest. */
function failed(error: unknown): JobOutcome {
  const readable = isOrderloomError(error);
  return {
    kind: 'failed',
    code: readable ? error.code : 'RUNTIME_HANDLER_FAILED',
    message: readable ? error.message : 'The work failed for a reason that the log of the server tells.',
    retryable: false,
  };
}
