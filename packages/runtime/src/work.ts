import type { Transaction } from '@orderloom/database';
import type { Variables } from '@orderloom/engine';
import type { Actor } from './actor.ts';

export interface StepContext {
  readonly tenantId: string;
  readonly now: Date;
  /** Who caused the step; `system` when a batch holds work of several. */
  readonly actor: Actor;
}

/**
 * Does transactional work inside the step's own transaction, for all work of one type in the batch at
 * once. Answers in the order of the work. What it throws undoes its writes and becomes an incident of
 * the one task that made it throw.
 */
export type TransactionalHandler = (
  tx: Transaction,
  work: readonly TransactionalWork[],
  context: StepContext,
) => Promise<readonly JobOutcome[]>;

export interface TransactionalWork {
  readonly instanceId: string;
  readonly jobId: string;
  /** BPMN id of the task. */
  readonly element: string;
  readonly businessKey: string | null;
  readonly variables: Variables;
  readonly actor: Actor;
}

/** Work done outside any transaction, at least once. */
export interface ExternalJob {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly jobId: string;
  readonly element: string;
  /** Who does it: `plugin:<plugin id>/<contribution id>/<operation>`. */
  readonly type: string;
  readonly businessKey: string | null;
  readonly variables: Variables;
  /** The same for every attempt: whoever honours it sees one job. */
  readonly idempotencyKey: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborted when the lease is lost or the server stops: an answer would no longer count. */
  readonly signal: AbortSignal;
}

export type JobOutcome =
  | {
      readonly kind: 'completed';
      readonly variables: Variables;
      /** Further writes for the transaction that records the answer. */
      readonly record?: (tx: Transaction, context: StepContext) => Promise<void>;
    }
  /** A BPMN error: the process decides what happens. */
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly message: string;
      readonly variables?: Variables;
    }
  /** Tried again while `retryable` and attempts are left, then an incident. */
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean;
      readonly retryAfterMs?: number;
    };
