import type { NodeOf } from '@orderloom/bpmn';
import { OrderloomError } from '@orderloom/kernel';
import { boundariesOf, leaveByBoundary } from './boundary.ts';
import type { Variables } from './command.ts';
import { leaveAlong } from './complete-element.ts';
import { endInstance } from './end-instance.ts';
import { elementOf, nodeOf, type Execution } from './execution.ts';

/** A BPMN error on its way outward. */
export interface ThrownError {
  readonly code: string;
  readonly message: string;
  readonly variables: Variables;
}

/**
 * Throws a BPMN error out of an element (BPMN 2.0.2, 10.5.6): the innermost activity around it that
 * catches the code takes it, the specific boundary event before the catch-all, and exactly one. What
 * nobody here catches ends a called instance and goes to its caller.
 *
 * Throws UNHANDLED_ERROR, and changes nothing, when there is no caller either.
 */
export function throwError(execution: Execution, from: string, error: ThrownError): void {
  const catcher = findCatcher(execution, from, error.code);
  if (catcher === null && !execution.called) {
    throw new OrderloomError(
      'UNHANDLED_ERROR',
      `Nothing catches the error ${error.code} of ${elementOf(execution, from).element}: ${error.message}`,
      { fix: 'Mend what caused it, then retry; add an error boundary event to the model.' },
    );
  }
  const { element } = elementOf(execution, from);
  const { code, message, variables } = error;
  execution.events.push({ type: 'error.thrown', element, code, message });
  // To throw is all an error end event does; an activity is interrupted by what it throws.
  if (nodeOf(execution, { element }).type === 'endEvent') leaveAlong(execution, from, []);
  if (catcher === null) {
    endInstance(execution, 'terminated', `error ${code}`, { kind: 'error', code, message, variables });
  } else {
    const payload = {
      ...variables,
      ...(catcher.boundary.outputs && { errorCode: code, errorMessage: message }),
    };
    leaveByBoundary(execution, catcher.host, catcher.boundary, payload);
  }
}

function findCatcher(
  execution: Execution,
  from: string,
  code: string,
): { readonly host: string; readonly boundary: NodeOf<'boundaryEvent'> } | null {
  const element = elementOf(execution, from);
  if (element.parent === null) return null;
  const catching = boundariesOf(execution, nodeOf(execution, element)).filter(
    ({ event }) => event.kind === 'error',
  );
  const boundary =
    catching.find(({ event }) => event.kind === 'error' && event.code === code) ??
    catching.find(({ event }) => event.kind === 'error' && event.code === null);
  return boundary === undefined ? findCatcher(execution, element.parent, code) : { host: from, boundary };
}
