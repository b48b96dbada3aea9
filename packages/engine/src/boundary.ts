import type { NodeOf, ProcessNode } from '@orderloom/bpmn';
import { must } from '@orderloom/kernel';
import { cancelElement } from './cancel-element.ts';
import type { Variables } from './command.ts';
import { elementOf, nodeAt, type Execution } from './execution.ts';
import { closeWait, listenTo, repeatTimer, type Listener } from './waits.ts';
import type { ElementInstance, Wait } from './instance.ts';

/** The boundary events of an activity, in the order of the document. */
export function boundariesOf(execution: Execution, node: ProcessNode): readonly NodeOf<'boundaryEvent'>[] {
  return node.boundaries.flatMap((index) => {
    const boundary = nodeAt(execution, index);
    return boundary.type === 'boundaryEvent' ? [boundary] : [];
  });
}

/** What listens while the activity is at work; errors need no listener. */
export function boundaryListeners(
  execution: Execution,
  host: ProcessNode,
  variables: Variables,
): readonly Listener[] {
  return boundariesOf(execution, host).flatMap(({ id, event }) =>
    event.kind === 'error' ? [] : [listenTo(execution, id, event, variables)],
  );
}

/** A timer was due or a message came at the boundary of `host`. */
export function triggerBoundary(
  execution: Execution,
  host: ElementInstance,
  boundary: NodeOf<'boundaryEvent'>,
  wait: Wait,
  payload: Variables,
): void {
  // A message may come again to an activity that goes on; its subscription stays.
  if (boundary.interrupting || wait.kind === 'timer') closeWait(execution, host.id, wait, 'completed');
  if (!boundary.interrupting) repeatTimer(execution, host.id, wait);
  leaveByBoundary(execution, host.id, boundary, payload);
}

/** Goes on from the boundary event; an interrupting one takes the activity away first. */
export function leaveByBoundary(
  execution: Execution,
  host: string,
  boundary: NodeOf<'boundaryEvent'>,
  payload: Variables,
): void {
  const scope = must(elementOf(execution, host).parent, 'the scope of an activity');
  if (boundary.interrupting) cancelElement(execution, host, `interrupted by ${boundary.id}`);
  execution.tokens.push({ node: boundary.index, scope, flow: null, payload });
  execution.touched.add(scope);
}
