import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '@orderloom/database';
import { fail, must, type Clock } from '@orderloom/kernel';
import type { Actor } from './actor.ts';
import { Batcher, type BatchLimits } from './batcher.ts';
import { ChangeFeed, notifyDue, type Change } from './change-feed.ts';
import { Definitions } from './definitions.ts';
import { deployDecisions, deployProcesses, type DeployedDefinition, type DeployInput } from './deploy.ts';
import { JobRunner } from './job-runner.ts';
import type { RuntimeLog } from './log.ts';
import { Poller } from './poller.ts';
import { runBatch, type BatchServices } from './run-batch.ts';
import type { Handlers } from './run-handlers.ts';
import { BatchStatistics, type RuntimeStats } from './statistics.ts';
import type { Step, Submission } from './submission.ts';
import { TimeZones } from './time-zones.ts';
import type { ExternalJob, JobOutcome } from './work.ts';

export interface RuntimeOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: RuntimeLog;
  /** Transactional work by task type. */
  readonly handlers: Handlers;
  /** External work: called outside any transaction, at least once, with a key that stays the same over retries. */
  readonly performJob: (job: ExternalJob) => Promise<JobOutcome>;
  /** A node that is no worker takes submissions, but leases no jobs and fires no timers. */
  readonly roles?: { readonly worker: boolean };
  /** Names this process in leases; one of its own unless told. */
  readonly nodeId?: string;
  /** How long a job stays this node's without a sign of life; 5000 unless told. */
  readonly leaseMs?: number;
  /** Jobs at a time; 16 unless told. */
  readonly concurrency?: number;
  /** Submissions a batch holds (200) and submissions of a tenant that may wait (2000). */
  readonly batch?: BatchLimits;
}

export interface Runtime {
  /**
   * Does the caller's own writes, sends its messages and takes every step they cause, in one transaction
   * shared with other callers of the tenant. Resolves once that is committed. Rejects with the caller's own
   * error when its work throws, and nothing of it is written. The work may be run more than once and must
   * await nothing but the database.
   *
   * Throws RUNTIME_OVERLOADED, RUNTIME_STOPPED, RUNTIME_DATABASE_UNAVAILABLE; RUNTIME_COMMIT_UNKNOWN when
   * nobody can tell whether it was stored; RUNTIME_STEP_FAILED and what the engine refuses.
   */
  transact<T>(tenantId: string, actor: Actor, work: (step: Step) => Promise<T>): Promise<T>;
  /** Stores a version of each process in the document, unless the latest has the same XML, with its start events. */
  deployProcesses(tx: Transaction, input: DeployInput): Promise<readonly DeployedDefinition[]>;
  /** Stores a version of each decision in the document, unless the latest has the same XML. */
  deployDecisions(tx: Transaction, input: DeployInput): Promise<readonly DeployedDefinition[]>;
  start(): Promise<void>;
  /** Takes no more work and lets what runs finish; jobs that do not finish within a lease are given back. */
  stop(): Promise<void>;
  /** Resolves when nothing is due on this node. */
  idle(): Promise<void>;
  /** Instances that any node moved; each told once for several changes within a moment. Answers how to stop. */
  onChange(listener: (change: Change) => void): () => void;
  stats(): RuntimeStats;
}

const defaultLeaseMs = 5000;
const defaultConcurrency = 16;
const defaultLimits: BatchLimits = { maxSize: 200, maxQueue: 2000 };

export function createRuntime(options: RuntimeOptions): Runtime {
  const {
    database,
    clock,
    log,
    handlers,
    performJob,
    leaseMs = defaultLeaseMs,
    batch = defaultLimits,
  } = options;
  const worker = options.roles?.worker ?? true;
  const nodeId = options.nodeId ?? randomUUID();
  const timeZones = new TimeZones(clock);
  const statistics = new BatchStatistics();
  const changes = new ChangeFeed(log);
  const batchers = new Map<string, Batcher>();
  let stopped = false;
  let stopListening: (() => Promise<void>) | null = null;

  const jobs: JobRunner = new JobRunner({
    database,
    clock,
    log,
    nodeId,
    leaseMs,
    concurrency: worker ? (options.concurrency ?? defaultConcurrency) : 0,
    performJob,
    submit,
    onFree: (dueAt) => poller.wake(dueAt),
  });
  const poller = new Poller({ database, clock, log, jobs, submit });
  const services: BatchServices = {
    database,
    clock,
    log,
    handlers,
    definitions: new Definitions(),
    timeZones,
    lease: { nodeId, leaseMs, slots: jobs },
  };

  function submit(tenantId: string, submission: Submission): Promise<unknown> {
    if (!batchers.has(tenantId)) batchers.set(tenantId, new Batcher((batch) => run(tenantId, batch), batch));
    return must(batchers.get(tenantId), 'a batcher').submit(submission);
  }

  async function run(tenantId: string, submissions: readonly Submission[]) {
    const { settled, leased, dueAt } = await runBatch(services, tenantId, submissions);
    statistics.count(submissions.length);
    jobs.run(leased);
    if (dueAt !== null) poller.wake(dueAt);
    return settled;
  }

  async function quiet(): Promise<void> {
    const busy = () => jobs.running > 0 || [...batchers.values()].some((batcher) => batcher.busy);
    while (busy())
      await Promise.all([jobs.idle(), ...[...batchers.values()].map((batcher) => batcher.idle())]);
  }

  return {
    async transact<T>(tenantId: string, actor: Actor, work: (step: Step) => Promise<T>): Promise<T> {
      if (stopped) refuseStopped();
      return (await submit(tenantId, { kind: 'work', actor, work })) as T;
    },
    async deployProcesses(tx, input) {
      const { deployed, dueAt } = await deployProcesses(tx, input, timeZones);
      if (dueAt !== null) await notifyDue(database, tx, input.tenantId, dueAt);
      return deployed;
    },
    deployDecisions,
    async start() {
      stopListening = await changes.listen(database, (dueAt) => poller.wake(dueAt));
      if (worker) poller.start();
    },
    async stop() {
      stopped = true;
      await poller.stop();
      await jobs.stop(leaseMs);
      await quiet();
      await stopListening?.();
    },
    async idle() {
      for (;;) {
        await quiet();
        if (!worker || (await poller.poll()) === 0) return;
      }
    },
    onChange: (listener) => changes.add(listener),
    stats: () => ({
      ...statistics.read(),
      queued: [...batchers.values()].reduce((sum, batcher) => sum + batcher.depth, 0),
      runningJobs: jobs.running,
      freeJobSlots: jobs.free,
    }),
  };
}

function refuseStopped(): never {
  fail('RUNTIME_STOPPED', 'This server is shutting down.', {
    fix: 'Send the request again: another server takes it.',
  });
}
