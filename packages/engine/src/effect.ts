import type { CallOutcome, Variables } from './command.ts';

/**
 * What must become true outside the instance document, in the order it was decided. Ids are unique
 * within their instance and never reused: (instance id, effect id) identifies the row for good. A job
 * that is offered again after its incident keeps its id, and with it its idempotency key.
 *
 * Whatever was opened is closed exactly once, whether it was answered or is no longer wanted; only a
 * call that has been answered has ended by itself. The subscription of a non-interrupting boundary event
 * stays open when a message comes.
 *
 * Times are ISO 8601 instants in UTC. `element` is the BPMN id.
 */
export type Effect =
  | OpenJobEffect
  | { readonly kind: 'closeJob'; readonly id: string }
  | OpenTaskEffect
  | { readonly kind: 'closeTask'; readonly id: string; readonly reason: 'completed' | 'cancelled' }
  | { readonly kind: 'openTimer'; readonly id: string; readonly element: string; readonly dueAt: string }
  | { readonly kind: 'closeTimer'; readonly id: string }
  | {
      readonly kind: 'openSubscription';
      readonly id: string;
      readonly element: string;
      readonly message: string;
      /** null: any message of that name. */
      readonly correlationKey: string | null;
    }
  | { readonly kind: 'closeSubscription'; readonly id: string }
  | {
      readonly kind: 'publishMessage';
      readonly element: string;
      readonly message: string;
      readonly correlationKey: string | null;
      readonly variables: Variables;
    }
  | {
      readonly kind: 'startCall';
      readonly id: string;
      readonly element: string;
      /** BPMN process id of the called process; the latest version unless the model pins one. */
      readonly process: string;
      readonly businessKey: string | null;
      readonly variables: Variables;
    }
  | { readonly kind: 'cancelCall'; readonly id: string }
  | {
      readonly kind: 'raiseIncident';
      readonly id: string;
      readonly element: string;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'resolveIncident'; readonly id: string }
  /** The last effect of an instance. */
  | {
      readonly kind: 'end';
      readonly status: 'completed' | 'terminated' | 'cancelled';
      readonly outcome: CallOutcome;
    };

export interface OpenJobEffect {
  readonly kind: 'openJob';
  readonly id: string;
  readonly element: string;
  /** What does the work: a transactional handler's name or `plugin:<plugin id>/<contribution id>/<operation>`. */
  readonly type: string;
  readonly work: 'transactional' | 'external';
  /** Attempts an external job gets before it becomes an incident; 1 for transactional work. */
  readonly attempts: number;
  readonly variables: Variables;
}

export interface OpenTaskEffect {
  readonly kind: 'openTask';
  readonly id: string;
  readonly element: string;
  readonly name: string;
  readonly candidateGroups: readonly string[];
  readonly assignee: string | null;
  /** Key of the form a person fills in, null when there is nothing to fill in. */
  readonly form: string | null;
  readonly dueAt: string | null;
  readonly variables: Variables;
}
