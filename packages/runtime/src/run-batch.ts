import type { Database } from '@orderloom/database';
import { fail, OrderloomError, type Clock } from '@orderloom/kernel';
import { applyCommands } from './apply-commands.ts';
import { openBatch, type Batch } from './batch.ts';
import { cancelCalledInstances, startInstances } from './call-instances.ts';
import { notifyChanges } from './change-feed.ts';
import { correlateMessages } from './correlate-messages.ts';
import { isConnectionLoss } from './database-error.ts';
import type { Definitions } from './definitions.ts';
import type { Lease, LeasedJob } from './job.ts';
import type { RuntimeLog } from './log.ts';
import { runHandlers, type Handlers } from './run-handlers.ts';
import type { Settled, Submission } from './submission.ts';
import { submitAll } from './submit-all.ts';
import type { TimeZones } from './time-zones.ts';
import { writeBatch } from './write-batch.ts';

export interface BatchServices {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: RuntimeLog;
  readonly handlers: Handlers;
  readonly definitions: Definitions;
  readonly timeZones: TimeZones;
  readonly lease: Lease;
}

export interface BatchResult {
  /** In the order of the submissions. */
  readonly settled: readonly Settled[];
  /** New jobs that are this node's to run. */
  readonly leased: readonly LeasedJob[];
  /** When the next of what the batch wrote is due; null when nothing is. */
  readonly dueAt: Date | null;
}

/**
 * Runs submissions of one tenant in one transaction, with every step they cause: after it each touched
 * instance waits for something outside. Throws when the batch as a whole cannot be written; then nothing
 * of it is.
 */
export async function runBatch(
  services: BatchServices,
  tenantId: string,
  submissions: readonly Submission[],
): Promise<BatchResult> {
  let leased: readonly LeasedJob[] = [];
  let committing = false;
  try {
    return await services.database.transaction(tenantId, async (tx) => {
      const now = services.clock.now();
      const timeZone = await services.timeZones.of(tx, tenantId);
      const batch = openBatch(tx, tenantId, now, timeZone, services.definitions);
      const settled = await submitAll(batch, submissions);
      await settle(batch, services);
      leased = await writeBatch(batch, services.lease);
      const dueAt = await notifyChanges(services.database, batch, leased.length);
      committing = true;
      return { settled, leased, dueAt };
    });
  } catch (error) {
    services.lease.slots.release(leased.length);
    // Answers and timers may simply be tried again: were they stored, they are no longer wanted.
    const repeatable = submissions.every(({ kind }) => kind !== 'work');
    if (committing && !repeatable && isConnectionLoss(error)) throw commitUnknown(error);
    throw error;
  }
}

function commitUnknown(cause: unknown): OrderloomError {
  return new OrderloomError(
    'RUNTIME_COMMIT_UNKNOWN',
    'The connection to the database broke while it was confirming: the work may or may not be stored.',
    {
      fix: 'Repeat the request with the same idempotency key: what was stored is answered, not done again.',
      cause,
    },
  );
}

/** Rounds one batch may take; each round is bounded, so that only messages answering messages get here. */
const roundsPerBatch = 10_000;

/** Until nothing is left that need not wait. */
async function settle(batch: Batch, { handlers, log }: BatchServices): Promise<void> {
  const { todo } = batch;
  for (let round = 0; round < roundsPerBatch; round++) {
    if (todo.commands.length > 0) await applyCommands(batch);
    else if (todo.starts.length > 0) await startInstances(batch);
    else if (todo.cancelledCalls.length > 0) await cancelCalledInstances(batch);
    else if (todo.messages.length + todo.subscriptions.length > 0) await correlateMessages(batch);
    else if (todo.work.length > 0) await runHandlers(batch, handlers, log);
    else return;
  }
  fail('RUNTIME_ENDLESS_STEP', `One step has not come to rest after ${roundsPerBatch} rounds.`, {
    fix: 'Look for processes that answer each other with messages for ever, and let one of them wait.',
  });
}
