import type { Database } from '@orderloom/database';
import type { Batch } from './batch.ts';
import type { RuntimeLog } from './log.ts';

/** One channel for all nodes: what changed, and when something new will be due. */
const channel = 'orderloom_runtime';

/** An instance was moved. */
export interface Change {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly businessKey: string | null;
}

interface Notice {
  readonly tenant: string;
  readonly changes: readonly (readonly [instanceId: string, businessKey: string | null])[];
  /** ISO 8601; null when nothing new is due. */
  readonly due: string | null;
}

/** A notification holds at most 8000 bytes; business keys are short as a rule, yet nobody promises it. */
const noticeBytes = 7000;

/**
 * Tells every node, once the batch is committed, which instances changed and when the next of its new
 * jobs and timers is due. Answers that instant. Jobs leased at birth are nobody else's business.
 */
export async function notifyChanges(
  database: Database,
  batch: Batch,
  leasedJobs: number,
): Promise<Date | null> {
  const changed = new Map(batch.touched);
  for (const instance of batch.instances.values()) {
    if (instance.changed) changed.set(instance.id, instance.businessKey);
  }
  const due = earliestDue(batch, leasedJobs);
  let changes: [string, string | null][] = [];
  let bytes = 0;
  const flush = async () => {
    const notice: Notice = { tenant: batch.tenantId, changes, due: due?.toISOString() ?? null };
    await database.notify(batch.tx, channel, JSON.stringify(notice));
    changes = [];
    bytes = 0;
  };
  for (const [id, businessKey] of changed) {
    // A key too long to be told is found by the instance.
    const told = businessKey !== null && Buffer.byteLength(businessKey) < 1000 ? businessKey : null;
    const size = Buffer.byteLength(JSON.stringify([id, told])) + 1;
    if (bytes + size > noticeBytes) await flush();
    changes.push([id, told]);
    bytes += size;
  }
  if (changes.length > 0) await flush();
  return due;
}

function earliestDue({ now, write }: Batch, leasedJobs: number): Date | null {
  if (write.jobs.opened.length > leasedJobs) return now;
  const times = write.timers.opened.map(({ dueAt }) => Date.parse(dueAt));
  return times.length === 0 ? null : new Date(times.reduce((a, b) => Math.min(a, b)));
}

/** Tells nodes of something due that no batch wrote, such as a new start timer. */
export async function notifyDue(
  database: Database,
  tx: Batch['tx'],
  tenantId: string,
  dueAt: Date,
): Promise<void> {
  const notice: Notice = { tenant: tenantId, changes: [], due: dueAt.toISOString() };
  await database.notify(tx, channel, JSON.stringify(notice));
}

const coalesceMs = 20;

/** Hands on what any node committed; an instance that changes several times within a moment is told once. */
export class ChangeFeed {
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #pending = new Map<string, Change>();
  readonly #log: RuntimeLog;
  #timer: NodeJS.Timeout | null = null;

  constructor(log: RuntimeLog) {
    this.#log = log;
  }

  add(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts to listen; answers how to stop. */
  async listen(database: Database, onDue: (at: Date) => void): Promise<() => Promise<void>> {
    const unlisten = await database.listen(channel, (payload) => {
      const { tenant, changes, due } = JSON.parse(payload) as Notice;
      for (const [instanceId, businessKey] of changes) {
        this.#pending.set(instanceId, { tenantId: tenant, instanceId, businessKey });
      }
      if (this.#pending.size > 0) this.#timer ??= setTimeout(() => this.#flush(), coalesceMs);
      if (due !== null) onDue(new Date(due));
    });
    return async () => {
      await unlisten();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#flush();
    };
  }

  #flush(): void {
    this.#timer = null;
    const changes = [...this.#pending.values()];
    this.#pending.clear();
    for (const change of changes) {
      for (const listener of this.#listeners) this.#tell(listener, change);
    }
  }

  /** A listener that throws is no reason for the others, or the server, to go without. */
  #tell(listener: (change: Change) => void, change: Change): void {
    try {
      listener(change);
    } catch (error) {
      this.#log.error({ ...change, err: error }, 'a listener to changes failed');
    }
  }
}
