import type { OrderloomError } from '@orderloom/kernel';
import { behaviourOf } from './behaviours.ts';
import { boundaryListeners } from './boundary.ts';
import type { Variables } from './command.ts';
import { completeElement } from './complete-element.ts';
import { elementOf, nextId, nodeAt, nodeOf, update, type Execution, type Token } from './execution.ts';
import { attempt, raiseIncident } from './incident.ts';
import { mapVariables, visibleVariables } from './variables.ts';

/** The whole way of a token that arrives at a node. */
export function enterElement(execution: Execution, token: Token): void {
  const id = admit(execution, token);
  if (id !== null) beginElement(execution, id, token.payload);
}

/** Lets the token in, but leaves it there with an incident. */
export function parkElement(execution: Execution, token: Token, cause: OrderloomError): void {
  const id = admit(execution, token);
  if (id === null) return;
  const { element } = elementOf(execution, id);
  raiseIncident(execution, id, { step: 'enter', element, ...keep(token.payload) }, cause);
}

/** The element instance of the token, or null when a join keeps it waiting. */
function admit(execution: Execution, token: Token): string | null {
  const node = nodeAt(execution, token.node);
  const admits = behaviourOf(node).admit;
  if (admits !== undefined && !admits(execution, node, token)) return null;
  const id = nextId(execution);
  execution.elements.set(id, { id, element: node.id, parent: token.scope, waits: [] });
  execution.events.push({ type: 'element.entered', element: node.id, id });
  return id;
}

/** Variables in and listeners on the boundary first (BPMN 2.0.2, 13.3.2); then what the element is for. */
export function beginElement(execution: Execution, id: string, payload: Variables | null): void {
  if (!attempt(execution, id, 'enter', () => prepare(execution, id), keep(payload))) return;
  if (payload === null) runElement(execution, id);
  else completeElement(execution, id, payload);
}

export function runElement(execution: Execution, id: string): void {
  attempt(execution, id, 'run', () => {
    const element = elementOf(execution, id);
    const node = nodeOf(execution, element);
    behaviourOf(node).run(execution, node, element);
  });
}

function prepare(execution: Execution, id: string): void {
  const node = nodeOf(execution, elementOf(execution, id));
  const outer = visibleVariables(execution, id);
  const inputs = node.inputs && mapVariables(execution, node.inputs, outer);
  const listeners = boundaryListeners(execution, node, { ...outer, ...inputs });
  if (inputs !== null) update(execution, id, { variables: inputs });
  for (const listener of listeners) listener.open(id);
}

function keep(payload: Variables | null): { readonly result?: Variables } {
  return payload === null ? {} : { result: payload };
}
