import type { Database } from '@orderloom/database';
import { isOrderloomError, type Clock } from '@orderloom/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSlots, LeasedJob } from './job.ts';
import { extendLeases, giveBackJobs, leaseJobs, retryJob, type LeaseTerms } from './lease-jobs.ts';
import type { RuntimeLog } from './log.ts';
import { retryDelayMs } from './retry-delay.ts';
import { setJobAside } from './set-aside.ts';
import type { Submission } from './submission.ts';
import type { ExternalJob, JobOutcome } from './work.ts';

export interface JobRunnerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: RuntimeLog;
  readonly nodeId: string;
  readonly leaseMs: number;
  /** Jobs at a time; 0 for a node that does none. */
  readonly concurrency: number;
  readonly performJob: (job: ExternalJob) => Promise<JobOutcome>;
  readonly submit: (tenantId: string, submission: Submission) => Promise<unknown>;
  /** Told when a job has left its slot, and when one was put back until then. */
  readonly onFree: (dueAt?: Date) => void;
}

interface RunningJob {
  readonly job: LeasedJob;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Runs external jobs that this node holds a lease of, and keeps the leases while they run. */
export class JobRunner implements JobSlots {
  readonly #options: JobRunnerOptions;
  readonly #running = new Map<string, RunningJob>();
  #reserved = 0;
  #heartbeat: NodeJS.Timeout | null = null;
  #stopping = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running.size;
  }

  get free(): number {
    return this.#stopping ? 0 : Math.max(0, this.#options.concurrency - this.#reserved);
  }

  reserve(wanted: number): number {
    const taken = Math.min(wanted, this.free);
    this.#reserved += taken;
    return taken;
  }

  release(count: number): void {
    if (count === 0) return;
    this.#reserved -= count;
    this.#options.onFree();
  }

  /** Leases as many due jobs as there is room for, runs them, and answers how many. */
  async leaseDue(): Promise<number> {
    const room = this.reserve(this.free);
    if (room === 0) return 0;
    let jobs: readonly LeasedJob[] = [];
    try {
      jobs = await this.#options.database.engine((tx) => leaseJobs(tx, this.#terms(), room));
    } finally {
      this.#reserved -= room - jobs.length;
    }
    this.run(jobs);
    return jobs.length;
  }

  /** Runs jobs whose slots are reserved. */
  run(jobs: readonly LeasedJob[]): void {
    for (const job of jobs) {
      const key = `${job.instanceId}:${job.jobId}:${job.attempt}`;
      const abort = new AbortController();
      const done = this.#perform(job, abort.signal)
        .catch((error: unknown) =>
          this.#options.log.error(
            { ...named(job), err: error },
            'the answer of a job is lost; it will be done again',
          ),
        )
        .finally(() => {
          this.#running.delete(key);
          this.release(1);
        });
      this.#running.set(key, { job, abort, done });
    }
    if (this.#running.size > 0) {
      this.#heartbeat ??= setInterval(() => void this.#beat(), this.#options.leaseMs / 3).unref();
    }
  }

  /** Resolves when no job runs. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Takes no more jobs, lets the running ones finish for a while and gives back those that do not. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    await Promise.race([this.idle(), sleep(graceMs, undefined, { ref: false })]);
    const unfinished = [...this.#running.values()];
    if (unfinished.length > 0) {
      const jobs = unfinished.map(({ job }) => job);
      await this.#options.database.engine((tx) => giveBackJobs(tx, this.#options.clock.now(), jobs));
      for (const { abort } of unfinished) abort.abort();
      await this.idle();
    }
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
  }

  #terms(): LeaseTerms {
    const { nodeId, clock, leaseMs } = this.#options;
    const now = clock.now();
    return { nodeId, now, until: new Date(now.getTime() + leaseMs) };
  }

  async #beat(): Promise<void> {
    const held = [...this.#running.values()];
    if (held.length === 0) return;
    try {
      const jobs = held.map(({ job }) => job);
      const kept = await this.#options.database.engine((tx) => extendLeases(tx, this.#terms(), jobs));
      for (const [index, { abort }] of held.entries()) if (!kept.has(index)) abort.abort();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'leases could not be extended');
    }
  }

  async #perform(job: LeasedJob, signal: AbortSignal): Promise<void> {
    const outcome = job.attemptsLeft < 0 ? lost : await this.#call(job, signal);
    if (outcome === null) return;
    if (outcome.kind === 'failed' && outcome.retryable && job.attemptsLeft > 0) {
      await this.#retryLater(job, outcome);
      return;
    }
    await this.#answer(job, outcome, signal);
  }

  /** The worker's outcome; null when it no longer counts. */
  async #call(job: LeasedJob, signal: AbortSignal): Promise<JobOutcome | null> {
    const aborted = new Promise<null>((resolve) => {
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });
    const { attemptsLeft: _, ...given } = job;
    const external: ExternalJob = { ...given, idempotencyKey: `${job.instanceId}:${job.jobId}`, signal };
    const performed = (async () => this.#options.performJob(external))().catch((error: unknown) => {
      this.#options.log.error({ ...named(job), err: error }, 'a worker threw');
      return threw(error);
    });
    return Promise.race([performed, aborted]);
  }

  async #retryLater(
    job: LeasedJob,
    { message, retryAfterMs }: Extract<JobOutcome, { kind: 'failed' }>,
  ): Promise<void> {
    const { clock, database, log, onFree } = this.#options;
    const delayMs = Math.max(retryAfterMs ?? 0, retryAfterMs === undefined ? retryDelayMs(job.attempt) : 0);
    const dueAt = new Date(clock.now().getTime() + delayMs);
    const kept = await database.transaction(job.tenantId, (tx) => retryJob(tx, job, dueAt, message));
    log.info(
      { ...named(job), attempt: job.attempt, dueAt, message },
      kept ? 'a job will be tried again' : 'a late answer was refused',
    );
    if (kept) onFree(dueAt);
  }

  /** Until it is stored, refused, or the lease is lost: a database that is away for a moment costs no second call. */
  async #answer(job: LeasedJob, outcome: JobOutcome, signal: AbortSignal): Promise<void> {
    const { submit, database, clock, log } = this.#options;
    while (!signal.aborted) {
      try {
        const accepted = await submit(job.tenantId, { kind: 'answer', job, outcome });
        if (accepted === false)
          log.warn({ ...named(job), attempt: job.attempt }, 'a late answer was refused');
        return;
      } catch (error) {
        if (isOrderloomError(error) && passing.has(error.code)) {
          await sleep(200, undefined, { signal }).catch(() => undefined);
          continue;
        }
        log.error({ ...named(job), err: error }, 'the answer of a job could not be applied');
        await database.transaction(job.tenantId, (tx) => setJobAside(tx, job, error, clock.now()));
        return;
      }
    }
  }
}

const passing: ReadonlySet<string> = new Set(['RUNTIME_DATABASE_UNAVAILABLE', 'RUNTIME_COMMIT_UNKNOWN']);

const lost: JobOutcome = {
  kind: 'failed',
  code: 'RUNTIME_JOB_LOST',
  message: 'The workers that took this job stopped answering, as often as it may be tried.',
  retryable: false,
};

function threw(error: unknown): JobOutcome {
  const readable = isOrderloomError(error);
  return {
    kind: 'failed',
    code: readable ? error.code : 'RUNTIME_JOB_THREW',
    message: readable ? error.message : 'The worker failed for a reason that the log of the server tells.',
    retryable: true,
  };
}

function named({ tenantId, instanceId, jobId, element, type }: LeasedJob): Readonly<Record<string, unknown>> {
  return { tenantId, instanceId, jobId, element, type };
}
