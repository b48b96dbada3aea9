import type { Database, Transaction } from '@orderloom/database';
import { isOrderloomError, type Clock } from '@orderloom/kernel';
import type { JobRunner } from './job-runner.ts';
import type { RuntimeLog } from './log.ts';
import { setTimerAside } from './set-aside.ts';
import type { Submission } from './submission.ts';

export interface PollerOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: RuntimeLog;
  readonly jobs: JobRunner;
  readonly submit: (tenantId: string, submission: Submission) => Promise<unknown>;
}

/** Looks even when nothing was announced: a notification can be lost with its connection. */
const longestPauseMs = 5000;
const shortestPauseMs = 20;
const timersPerPoll = 500;
const sweepEveryMs = 60_000;

/**
 * Finds what is due on any tenant: jobs, timers and start timers. Sleeps until the next of them, and is
 * woken when something earlier comes up. Nodes may find the same timer: the one that has the instance
 * first fires it, the others find it gone.
 */
export class Poller {
  readonly #options: PollerOptions;
  #timer: NodeJS.Timeout | null = null;
  #wakeAt = Infinity;
  #polling: Promise<number> | null = null;
  #running = false;
  #sweptAt = -Infinity;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.#running = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#polling;
  }

  /** Something is due then (now unless told); earlier plans stay. */
  wake(at: Date = this.#options.clock.now()): void {
    if (!this.#running) return;
    const pauseMs = at.getTime() - this.#options.clock.now().getTime();
    const delayMs = Math.min(Math.max(0, pauseMs), longestPauseMs);
    const wakeAt = performance.now() + delayMs;
    if (wakeAt >= this.#wakeAt) return;
    this.#wakeAt = wakeAt;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#loop(), delayMs);
  }

  /** Does what is due now and answers how much that was. */
  async poll(): Promise<number> {
    while (this.#polling !== null) await this.#polling;
    this.#polling = this.#poll();
    try {
      return await this.#polling;
    } finally {
      this.#polling = null;
    }
  }

  async #loop(): Promise<void> {
    this.#wakeAt = Infinity;
    try {
      const found = await this.poll();
      const next = found > 0 ? this.#options.clock.now() : await this.#nextDue();
      const earliest = this.#options.clock.now().getTime() + (found > 0 ? 0 : shortestPauseMs);
      this.wake(new Date(Math.max(earliest, next.getTime())));
    } catch (error) {
      this.#options.log.error({ err: error }, 'looking for due work failed');
      this.wake(new Date(this.#options.clock.now().getTime() + 1000));
    }
  }

  async #poll(): Promise<number> {
    const { database, clock, jobs } = this.#options;
    const leased = await jobs.leaseDue();
    const now = clock.now();
    await this.#sweep(now);
    const { timers, starts } = await database.engine(async (tx) => ({
      timers: await dueTimers(tx, now),
      starts: await dueStartTimers(tx, now),
    }));
    await Promise.all([
      ...timers.map((timer) => this.#fire(timer)),
      ...starts.map((start) => this.#begin(start)),
    ]);
    return leased + timers.length + starts.length;
  }

  async #fire({ tenant_id: tenantId, instance_id: instanceId, id: timerId }: TimerRow): Promise<void> {
    const { submit, database, clock, log } = this.#options;
    try {
      await submit(tenantId, { kind: 'timer', instanceId, timerId });
    } catch (error) {
      log.error({ tenantId, instanceId, timerId, err: error }, 'a timer could not be fired');
      if (isUnavailable(error)) return;
      const timer = { tenantId, instanceId, timerId };
      await database.transaction(tenantId, (tx) => setTimerAside(tx, timer, error, clock.now()));
    }
  }

  async #begin({
    tenant_id: tenantId,
    definition_id: definitionId,
    element,
    due_at: dueAt,
  }: StartTimerRow): Promise<void> {
    const { submit, database, clock, log } = this.#options;
    try {
      await submit(tenantId, { kind: 'startTimer', definitionId, element, dueAt });
    } catch (error) {
      log.error(
        { tenantId, definitionId, element, err: error },
        'a process could not be started by its timer',
      );
      if (isUnavailable(error)) return;
      const later = new Date(clock.now().getTime() + 60_000);
      await database.transaction(tenantId, (tx) =>
        tx.query(
          'update start_timer set due_at = $5 where tenant_id = $1 and definition_id = $2 and element = $3 and due_at = $4',
          [tenantId, definitionId, element, dueAt, later],
        ),
      );
    }
  }

  /** Messages that nobody wanted in time, and the memory of those that were delivered. */
  async #sweep(now: Date): Promise<void> {
    if (performance.now() - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = performance.now();
    const { database } = this.#options;
    const tenants = await database.engine((tx) =>
      tx.query<{ tenant_id: string }>('select distinct tenant_id from message where expires_at <= $1', [now]),
    );
    for (const { tenant_id } of tenants) {
      await database.transaction(tenant_id, (tx) =>
        tx.query('delete from message where tenant_id = $1 and expires_at <= $2', [tenant_id, now]),
      );
    }
  }

  async #nextDue(): Promise<Date> {
    const { database, clock, jobs } = this.#options;
    const [row] = await database.engine((tx) =>
      tx.query<{ due_at: Date | null }>(
        `select least((select min(due_at) from timer), (select min(due_at) from start_timer),
                      (select min(due_at) from job where $1 and state = 'WAITING'),
                      (select min(leased_until) from job where $1 and state = 'LEASED')) as due_at`,
        [jobs.free > 0],
      ),
    );
    return row?.due_at ?? new Date(clock.now().getTime() + longestPauseMs);
  }
}

interface TimerRow {
  readonly tenant_id: string;
  readonly instance_id: string;
  readonly id: string;
}

interface StartTimerRow {
  readonly tenant_id: string;
  readonly definition_id: string;
  readonly element: string;
  readonly due_at: Date;
}

function dueTimers(tx: Transaction, now: Date): Promise<TimerRow[]> {
  return tx.query<TimerRow>(
    'select tenant_id, instance_id, id from timer where due_at <= $1 order by due_at limit $2',
    [now, timersPerPoll],
  );
}

function dueStartTimers(tx: Transaction, now: Date): Promise<StartTimerRow[]> {
  return tx.query<StartTimerRow>(
    'select tenant_id, definition_id, element, due_at from start_timer where due_at <= $1 order by due_at limit $2',
    [now, timersPerPoll],
  );
}

function isUnavailable(error: unknown): boolean {
  return isOrderloomError(error) && error.code === 'RUNTIME_DATABASE_UNAVAILABLE';
}
