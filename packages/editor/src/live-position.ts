/** Where an instance is: what happened at one element of its process. */
export interface LivePosition {
  readonly elementId: string;
  readonly state: LiveState;
  /** How many tokens are or were there. */
  readonly count: number;
  /** Anything worth saying beside the state, such as since when or why. */
  readonly note?: string;
}

export type LiveState = 'active' | 'completed' | 'incident' | 'cancelled';

/** What needs attention hides what does not: an element may be waiting now and have been done before. */
const PRECEDENCE: readonly LiveState[] = ['incident', 'active', 'completed', 'cancelled'];

export function positionsByElement(positions: readonly LivePosition[]): ReadonlyMap<string, LivePosition> {
  const byElement = new Map<string, LivePosition>();
  for (const position of positions) {
    const known = byElement.get(position.elementId);
    if (!known || PRECEDENCE.indexOf(position.state) < PRECEDENCE.indexOf(known.state)) {
      byElement.set(position.elementId, position);
    }
  }
  return byElement;
}
