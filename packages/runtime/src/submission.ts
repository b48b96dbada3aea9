import type { Transaction } from '@orderloom/database';
import type { Command, Variables } from '@orderloom/engine';
import type { Actor } from './actor.ts';
import type { LeasedJob } from './job.ts';
import type { OutgoingMessage } from './message.ts';
import type { JobOutcome } from './work.ts';

/** What a caller may do within `transact`. Messages and commands take effect after its work, before the commit. */
export interface Step {
  readonly tx: Transaction;
  readonly now: Date;
  correlate(message: OutgoingMessage): void;
  apply(instanceId: string, command: Command): void;
  /** Tells subscribers of an instance that something about it changed, though its process did not move. */
  touch(instance: { readonly instanceId: string; readonly businessKey: string | null }): void;
  /** Starts the latest version of a process at its none start event and answers the id its instance will have. */
  start(
    process: string,
    start: { readonly businessKey: string | null; readonly variables: Variables },
  ): string;
}

/** One thing to be done within a batch. */
export type Submission =
  | { readonly kind: 'work'; readonly actor: Actor; readonly work: (step: Step) => Promise<unknown> }
  | { readonly kind: 'answer'; readonly job: LeasedJob; readonly outcome: JobOutcome }
  | { readonly kind: 'timer'; readonly instanceId: string; readonly timerId: string }
  | {
      readonly kind: 'startTimer';
      readonly definitionId: string;
      readonly element: string;
      readonly dueAt: Date;
    };

/**
 * What a submission comes to: for work what it returned, for the others whether it was still wanted.
 * A refusal is the caller's own error; nothing it did is written, its neighbours are not concerned.
 */
export type Settled =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };
