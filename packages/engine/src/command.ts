import type { FeelValue } from '@orderloom/feel';

/** Process variables: JSON data, the only thing that crosses the border of a process. */
export type Variables = Readonly<Record<string, FeelValue>>;

/** Something that happened to an instance. Ids of jobs, tasks, timers and subscriptions are the ids their effects carried. */
export type Command =
  | StartCommand
  | { readonly kind: 'completeJob'; readonly job: string; readonly variables: Variables }
  /** The last retry of a job is used up: an incident. Retries and back-off are the runtime's. */
  | { readonly kind: 'failJob'; readonly job: string; readonly code: string; readonly message: string }
  /** A BPMN error from the activity behind a job or task; unhandled at the root it is an incident. */
  | {
      readonly kind: 'throwError';
      readonly at: string;
      readonly code: string;
      readonly message: string;
      readonly variables: Variables;
    }
  | { readonly kind: 'completeTask'; readonly task: string; readonly variables: Variables }
  | { readonly kind: 'correlateMessage'; readonly subscription: string; readonly variables: Variables }
  | { readonly kind: 'fireTimer'; readonly timer: string }
  | { readonly kind: 'completeCall'; readonly call: string; readonly outcome: CallOutcome }
  | { readonly kind: 'setVariables'; readonly variables: Variables }
  | { readonly kind: 'retryIncident'; readonly incident: string }
  | { readonly kind: 'cancel'; readonly reason: string };

export interface StartCommand {
  readonly kind: 'start';
  readonly businessKey: string | null;
  readonly variables: Variables;
  /** BPMN id of the start event that was triggered; null for the none start event. */
  readonly startEvent: string | null;
  /** Whether a call activity waits for this instance: an error nothing in it catches then goes there. */
  readonly called?: boolean;
}

/** How a called instance ended, as its caller is told. */
export type CallOutcome =
  | { readonly kind: 'completed'; readonly variables: Variables }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly variables: Variables }
  | { readonly kind: 'cancelled'; readonly reason: string };
