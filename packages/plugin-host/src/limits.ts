import type { Bounds } from './protocol.ts';

/** What one plugin may use. */
export interface Limits extends Bounds {
  /** Calls in the plugin at a time, and calls waiting for their turn. */
  readonly concurrent: number;
  readonly queued: number;
  /** From the call to its answer, waiting included, when the caller does not say. */
  readonly deadlineMs: number;
  readonly startMs: number;
  /** A process without work is stopped after this. */
  readonly idleMs: number;
  readonly heapMb: number;
}

export const DEFAULT_LIMITS: Limits = {
  concurrent: 4,
  queued: 64,
  deadlineMs: 10_000,
  startMs: 10_000,
  idleMs: 5 * 60_000,
  heapMb: 128,
  messageChars: 4 * 1_048_576,
  logEntries: 100,
};
