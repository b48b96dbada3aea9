/** A line of an instance's history, as the runtime stores it. */
export interface HistoryEvent {
  readonly type: string;
  readonly element: string | null;
  readonly data: unknown;
  readonly at: Date;
}

/** How many visits of an element are in a state. */
export interface Position {
  /** BPMN id. */
  readonly elementId: string;
  readonly state: 'ACTIVE' | 'INCIDENT' | 'COMPLETED' | 'CANCELLED';
  readonly count: number;
  /** What went wrong there. */
  readonly note: string | null;
}

export interface DecisionRecord {
  readonly element: string;
  /** DMN decision id. */
  readonly decision: string;
  readonly explanation: unknown;
  readonly at: Date;
}

/** Where an instance is and where it was; what is active where an incident is open is an incident. */
export function positionsOf(
  events: readonly HistoryEvent[],
  openIncidents: readonly { readonly element: string; readonly message: string }[],
): readonly Position[] {
  const visits = new Map<
    string,
    { readonly element: string; state: Exclude<Position['state'], 'INCIDENT'> }
  >();
  for (const { type, element, data } of events) {
    if (element === null) continue;
    const { id } = data as { readonly id?: string };
    if (id === undefined) continue;
    if (type === 'element.entered') visits.set(id, { element, state: 'ACTIVE' });
    const visit = visits.get(id);
    if (!visit) continue;
    if (type === 'element.completed') visit.state = 'COMPLETED';
    if (type === 'element.cancelled') visit.state = 'CANCELLED';
  }
  const notes = new Map(openIncidents.map(({ element, message }) => [element, message]));
  const counted = Map.groupBy(visits.values(), ({ element, state }) => `${element} ${state}`);
  const positions = [...counted.values()].flatMap(([first, ...others]): Position[] => {
    if (!first) return [];
    const note = first.state === 'ACTIVE' ? (notes.get(first.element) ?? null) : null;
    const state = note === null ? first.state : 'INCIDENT';
    return [{ elementId: first.element, state, count: 1 + others.length, note }];
  });
  // Tokens stuck before a join are in no element, yet the incident has to be seen.
  const stuck = [...notes].filter(
    ([element]) => !positions.some((at) => at.elementId === element && at.state === 'INCIDENT'),
  );
  return [
    ...positions,
    ...stuck.map(([elementId, note]): Position => ({ elementId, state: 'INCIDENT', count: 1, note })),
  ];
}

/** BPMN ids of the flows taken, each once, in the order first taken. */
export function takenFlowsOf(events: readonly HistoryEvent[]): readonly string[] {
  const flows = events
    .filter(({ type }) => type === 'flow.taken')
    .map(({ data }) => (data as { readonly flow: string }).flow);
  return [...new Set(flows)];
}

export function decisionsOf(events: readonly HistoryEvent[]): readonly DecisionRecord[] {
  return events.flatMap(({ type, element, data, at }) => {
    if (type !== 'decision.evaluated' || element === null) return [];
    const { decision, explanation } = data as { readonly decision: string; readonly explanation: unknown };
    return [{ element, decision, explanation, at }];
  });
}
