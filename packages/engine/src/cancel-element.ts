import { childrenOf, elementOf, update, type Execution } from './execution.ts';
import { resolveIncident } from './incident.ts';
import { closeWaits } from './waits.ts';

/** Takes an element away with everything inside it, innermost first. Nothing goes on from there. */
export function cancelElement(execution: Execution, id: string, reason: string): void {
  cancelContent(execution, id, reason);
  closeWaits(execution, id);
  resolveIncident(execution, id);
  const { element } = elementOf(execution, id);
  execution.elements.delete(id);
  execution.events.push({ type: 'element.cancelled', element, id, reason });
}

/** Takes away what is inside a scope: elements, tokens before joins, tokens on their way. */
export function cancelContent(execution: Execution, scope: string, reason: string): void {
  for (const child of childrenOf(execution, scope)) cancelElement(execution, child.id, reason);
  execution.tokens = execution.tokens.filter((token) => token.scope !== scope);
  const { arrivals, incident } = elementOf(execution, scope);
  if (arrivals !== undefined) update(execution, scope, { arrivals: undefined });
  if (incident?.step === 'join') resolveIncident(execution, scope);
}
