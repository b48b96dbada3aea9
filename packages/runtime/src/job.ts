import type { Variables } from '@orderloom/engine';

/** An external job that this node holds. */
export interface LeasedJob {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly jobId: string;
  readonly element: string;
  readonly type: string;
  readonly businessKey: string | null;
  readonly variables: Variables;
  /** Counts leases: an answer with another number than the row's is late and refused. */
  readonly attempt: number;
  /** Below zero: leased once more only to be given up. */
  readonly attemptsLeft: number;
}

/** Room for jobs on this node. What is reserved is either run or released. */
export interface JobSlots {
  /** Takes up to so many slots and says how many it took. */
  reserve(wanted: number): number;
  release(count: number): void;
}

/** On what terms this node takes jobs. */
export interface Lease {
  readonly nodeId: string;
  readonly leaseMs: number;
  readonly slots: JobSlots;
}
