import { isOrderloomError, type OrderloomError } from '@orderloom/kernel';
import { elementOf, nextId, update, type Execution } from './execution.ts';
import type { IncidentState } from './instance.ts';

/**
 * Does one step of an element's life. What goes wrong for reasons of data becomes an incident, from
 * which the step is done again; a step therefore evaluates everything before it changes anything.
 * Answers whether it was done.
 */
export function attempt(
  execution: Execution,
  id: string,
  step: IncidentState['step'],
  action: () => void,
  kept: Pick<IncidentState, 'result'> = {},
): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!isOrderloomError(error)) throw error;
    raiseIncident(execution, id, { step, element: elementOf(execution, id).element, ...kept }, error);
    return false;
  }
}

export function raiseIncident(
  execution: Execution,
  id: string,
  state: Omit<IncidentState, 'id'>,
  { code, message }: Pick<OrderloomError, 'code' | 'message'>,
): void {
  const incident = nextId(execution);
  const { element } = state;
  update(execution, id, { incident: { id: incident, ...state } });
  execution.effects.push({ kind: 'raiseIncident', id: incident, element, code, message });
  execution.events.push({ type: 'incident.raised', element, code, message });
}

/** Closes the incident of an element instance, if it has one, and answers what it kept. */
export function resolveIncident(execution: Execution, id: string): IncidentState | null {
  const { incident } = elementOf(execution, id);
  if (incident === undefined) return null;
  update(execution, id, { incident: undefined });
  execution.effects.push({ kind: 'resolveIncident', id: incident.id });
  execution.events.push({ type: 'incident.resolved', element: incident.element });
  return incident;
}
