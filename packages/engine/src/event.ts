/**
 * The history of an instance, in order and gapless: enough to replay, to draw where a token went, and
 * to mine. The runtime adds the time and the actor of the command that caused it.
 */
export type ProcessEvent =
  | { readonly type: 'instance.started'; readonly businessKey: string | null; readonly startEvent: string }
  | { readonly type: 'element.entered'; readonly element: string; readonly id: string }
  /** `id` is the id of the element instance; equal ids pair entering with leaving. */
  | { readonly type: 'element.completed'; readonly element: string; readonly id: string }
  | {
      readonly type: 'element.cancelled';
      readonly element: string;
      readonly id: string;
      readonly reason: string;
    }
  | { readonly type: 'flow.taken'; readonly flow: string }
  | { readonly type: 'variables.set'; readonly scope: string; readonly names: readonly string[] }
  | {
      readonly type: 'decision.evaluated';
      readonly element: string;
      readonly decision: string;
      readonly explanation: unknown;
    }
  | { readonly type: 'condition.evaluated'; readonly flow: string; readonly value: boolean }
  | {
      readonly type: 'error.thrown';
      readonly element: string;
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly type: 'incident.raised';
      readonly element: string;
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: 'incident.resolved'; readonly element: string }
  | { readonly type: 'instance.ended'; readonly status: 'completed' | 'terminated' | 'cancelled' };
