import { fail, OrderloomError } from '@orderloom/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLoss, isTransient } from './database-error.ts';
import type { Settled, Submission } from './submission.ts';

export interface BatchLimits {
  readonly maxSize: number;
  /** Submissions of one tenant that may wait. */
  readonly maxQueue: number;
}

interface Entry {
  readonly submission: Submission;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs the submissions in one transaction; throws when none of it was written, or nobody knows. */
export type RunBatch = (submissions: readonly Submission[]) => Promise<readonly Settled[]>;

const attemptsPerBatch = 6;

/**
 * Gathers what callers submit for one tenant into batches. An idle batcher runs a lone submission at once;
 * while a batch runs, the next gathers, so that batches grow with the load and latency does not.
 *
 * A batch that fails as a whole is taken apart: each submission is run again alone, and only the one that
 * fails alone is refused.
 */
export class Batcher {
  readonly #run: RunBatch;
  readonly #limits: BatchLimits;
  #waiting: Entry[] = [];
  #running: Promise<void> | null = null;

  constructor(run: RunBatch, limits: BatchLimits) {
    this.#run = run;
    this.#limits = limits;
  }

  /** Submissions that wait for the batch after the running one. */
  get depth(): number {
    return this.#waiting.length;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  /** Refuses with RUNTIME_OVERLOADED when too much waits; answers of jobs and timers are limited where they come from. */
  submit(submission: Submission): Promise<unknown> {
    if (submission.kind === 'work' && this.#waiting.length >= this.#limits.maxQueue) {
      fail('RUNTIME_OVERLOADED', `More than ${this.#limits.maxQueue} requests are waiting already.`, {
        fix: 'Try again in a moment; if it lasts, add a server process on the same database.',
        details: { retryAfterMs: 1000 },
      });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ submission, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when everything submitted so far, and what came meanwhile, is settled. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #drain(): Promise<void> {
    // What is submitted in the same turn of the event loop belongs in the same batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#settle(this.#waiting.splice(0, this.#limits.maxSize));
    this.#running = null;
  }

  async #settle(entries: readonly Entry[]): Promise<void> {
    try {
      const settled = await this.#persist(entries.map(({ submission }) => submission));
      for (const [index, { resolve, reject }] of entries.entries()) {
        const outcome = settled[index];
        if (outcome?.ok === true) resolve(outcome.value);
        else reject(outcome?.error);
      }
    } catch (error) {
      const [only, ...others] = entries;
      if (only === undefined) return;
      if (others.length === 0 || isFatal(error)) for (const { reject } of entries) reject(error);
      else for (const entry of entries) await this.#settle([entry]);
    }
  }

  /** Runs the batch again while the database says that it was only bad luck. */
  async #persist(submissions: readonly Submission[]): Promise<readonly Settled[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#run(submissions);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (attempt === attemptsPerBatch) throw unavailable(error);
        await sleep(Math.random() * 10 * 2 ** attempt);
      }
    }
  }
}

/** Running the parts alone would meet the same: it is not about any of them. */
function isFatal(error: unknown): boolean {
  return (
    error instanceof OrderloomError &&
    ['RUNTIME_COMMIT_UNKNOWN', 'RUNTIME_DATABASE_UNAVAILABLE'].includes(error.code)
  );
}

function unavailable(cause: unknown): OrderloomError {
  const lost = isConnectionLoss(cause);
  return new OrderloomError(
    'RUNTIME_DATABASE_UNAVAILABLE',
    lost
      ? 'The database does not answer.'
      : 'The database refused the transaction several times in a row: others want the same rows.',
    { fix: 'Nothing was written. Try again in a moment.', details: { retryAfterMs: 1000 }, cause },
  );
}
