import { chooseFlows } from './choose-flows.ts';
import type { Variables } from './command.ts';
import { elementOf, nodeOf, takeFlow, type Execution } from './execution.ts';
import { attempt } from './incident.ts';
import { assignVariables, mapVariables, visibleVariables } from './variables.ts';
import { closeWaits } from './waits.ts';

/** The element has done what it is for, with this result: variables go out, then the token goes on. */
export function completeElement(execution: Execution, id: string, result: Variables = {}): void {
  if (attempt(execution, id, 'complete', () => keepResult(execution, id, result), { result })) {
    leaveElement(execution, id);
  }
}

function keepResult(execution: Execution, id: string, result: Variables): void {
  const element = elementOf(execution, id);
  const { outputs } = nodeOf(execution, element);
  const kept =
    outputs === null
      ? result
      : mapVariables(execution, outputs, { ...visibleVariables(execution, id), ...result });
  if (element.parent !== null) assignVariables(execution, element.parent, kept);
}

/** Chooses the outgoing flows and sends the token along them. */
export function leaveElement(execution: Execution, id: string): void {
  attempt(execution, id, 'leave', () => {
    const element = elementOf(execution, id);
    leaveAlong(
      execution,
      id,
      chooseFlows(execution, nodeOf(execution, element), scopeVariables(execution, id)),
    );
  });
}

/** Leaves along these flows, with what their targets wait for already at hand when that is given. */
export function leaveAlong(
  execution: Execution,
  id: string,
  flows: readonly number[],
  payload: Variables | null = null,
): void {
  closeWaits(execution, id);
  const { element, parent } = elementOf(execution, id);
  execution.elements.delete(id);
  execution.events.push({ type: 'element.completed', element, id });
  if (parent === null) return;
  for (const flow of flows) takeFlow(execution, flow, parent, payload);
  execution.touched.add(parent);
}

/** Conditions behind an element see what is around it, not what its input mapping made for it alone. */
function scopeVariables(execution: Execution, id: string): Variables {
  return visibleVariables(execution, elementOf(execution, id).parent ?? id);
}
