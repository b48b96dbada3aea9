import { newId, unreachable } from '@orderloom/kernel';
import { systemActor, type Actor } from './actor.ts';
import type { Batch } from './batch.ts';
import { isTransient } from './database-error.ts';
import { findLive } from './find-live.ts';
import { fireStartTimer } from './fire-start-timer.ts';
import { commandFor } from './run-handlers.ts';
import type { Settled, Step, Submission } from './submission.ts';

/** Does what each submission itself does, in order, and queues what it asks of instances. */
export async function submitAll(batch: Batch, submissions: readonly Submission[]): Promise<Settled[]> {
  const live = await findLive(batch, submissions);
  const settled: Settled[] = [];
  for (const submission of submissions) {
    settled.push(
      submission.kind === 'work' || live.has(submission)
        ? await submitOne(batch, submission, submissions.length === 1)
        : { ok: true, value: false },
    );
  }
  return settled;
}

/** Under a savepoint, so that its error undoes its own writes only; alone, the transaction itself is that. */
async function submitOne(batch: Batch, submission: Submission, alone: boolean): Promise<Settled> {
  const queued: (() => void)[] = [];
  const submit = () => doSubmission(batch, submission, queued);
  try {
    const bare =
      alone ||
      (submission.kind === 'answer' ? recordOf(submission) === undefined : submission.kind !== 'work');
    const value = await (bare ? submit() : batch.tx.savepoint(submit));
    for (const queue of queued) queue();
    return { ok: true, value };
  } catch (error) {
    if (alone || isTransient(error)) throw error;
    return { ok: false, error };
  }
}

function recordOf({ outcome }: Extract<Submission, { kind: 'answer' }>) {
  return outcome.kind === 'completed' ? outcome.record : undefined;
}

async function doSubmission(batch: Batch, submission: Submission, queued: (() => void)[]): Promise<unknown> {
  const { tenantId, now, tx } = batch;
  switch (submission.kind) {
    case 'work':
      return submission.work(stepOf(batch, submission.actor, queued));
    case 'answer': {
      const { job, outcome } = submission;
      const actor = workerOf(job.type);
      await recordOf(submission)?.(tx, { tenantId, now, actor });
      queued.push(() =>
        batch.todo.commands.push({
          instanceId: job.instanceId,
          command: commandFor(job.jobId, outcome),
          actor,
          required: false,
        }),
      );
      return true;
    }
    case 'timer': {
      const { instanceId, timerId } = submission;
      batch.todo.commands.push({
        instanceId,
        command: { kind: 'fireTimer', timer: timerId },
        actor: systemActor,
        required: false,
      });
      return true;
    }
    case 'startTimer':
      return fireStartTimer(batch, submission);
    default:
      return unreachable(submission);
  }
}

/** What it asks for is queued only once its work has returned: work that throws asks for nothing. */
function stepOf(batch: Batch, actor: Actor, queued: (() => void)[]): Step {
  const { todo } = batch;
  return {
    tx: batch.tx,
    now: batch.now,
    correlate: (message) => {
      queued.push(() => todo.messages.push({ id: newId(), message, actor, stored: false }));
    },
    touch: ({ instanceId, businessKey }) => {
      queued.push(() => batch.touched.set(instanceId, businessKey));
    },
    apply: (instanceId, command) => {
      queued.push(() => todo.commands.push({ instanceId, command, actor, required: true }));
    },
    start: (process, { businessKey, variables }) => {
      const instanceId = newId();
      queued.push(() =>
        todo.starts.push({ instanceId, process, businessKey, variables, parent: null, actor }),
      );
      return instanceId;
    },
  };
}

/** `plugin:<plugin id>/…` is done by that plugin, other work by the product. */
function workerOf(type: string): Actor {
  const [, id] = /^plugin:([^/]+)/.exec(type) ?? [];
  return id === undefined ? systemActor : { kind: 'plugin', id, name: id };
}
