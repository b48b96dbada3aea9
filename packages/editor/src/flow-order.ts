import type { DiagramPlane, DiagramShape } from '@orderloom/bpmn';

/**
 * How a reader without a pointer walks a diagram: along the flows. Only flow nodes are on the way; pools,
 * lanes, data and notes are named with them.
 */
export interface FlowOrder {
  /** Every flow node, each after what leads to it; the inside of a sub-process directly after it. */
  readonly steps: readonly FlowStep[];
  readonly first: string | undefined;
  /** Where the first flow out leads; at a dead end nowhere. */
  next(elementId: string): string | undefined;
  /** Where the first flow in comes from; from a boundary event its activity, from an inner start the sub-process. */
  previous(elementId: string): string | undefined;
  /** The neighbour above (-1) or below (+1) among nodes reached from the same place and their boundary events. */
  sibling(elementId: string, step: -1 | 1): string | undefined;
}

export interface FlowStep {
  readonly shape: DiagramShape;
  /** 0 at the top, one more inside each sub-process. */
  readonly depth: number;
}

const FLOW_NODES: ReadonlySet<DiagramShape['type']> = new Set([
  'event',
  'gateway',
  'task',
  'subProcess',
  'callActivity',
]);

export function flowOrderOf(plane: DiagramPlane): FlowOrder {
  const nodes = new Map(
    plane.shapes.filter(({ type }) => FLOW_NODES.has(type)).map((shape) => [shape.elementId, shape]),
  );
  const targets = new Map<string, string[]>();
  const sources = new Map<string, string[]>();
  for (const { kind, sourceId, targetId } of plane.edges) {
    if (kind !== 'sequence' || !sourceId || !targetId || !nodes.has(sourceId) || !nodes.has(targetId))
      continue;
    append(targets, sourceId, targetId);
    append(sources, targetId, sourceId);
  }

  const hostOf = (id: string): string | undefined => {
    const shape = nodes.get(id);
    return shape?.type === 'event' && shape.attachedTo && nodes.has(shape.attachedTo)
      ? shape.attachedTo
      : undefined;
  };
  const subProcessOf = (id: string): string | undefined => {
    const outer = nodes.get(id)?.parentId;
    return outer !== undefined && nodes.has(outer) ? outer : undefined;
  };
  const sorted = (ids: Iterable<string>, compare: typeof byRow): string[] =>
    [...new Set(ids)].toSorted((a, b) => compare(nodes.get(a) as DiagramShape, nodes.get(b) as DiagramShape));
  const targetsOf = (id: string): readonly string[] => sorted(targets.get(id) ?? [], byRow);
  const boundaryEventsOf = (id: string): readonly string[] =>
    sorted(
      [...nodes.keys()].filter((other) => hostOf(other) === id),
      byColumn,
    );

  /** Where walks begin: nothing leads there. */
  const rootsIn = (subProcess: string | undefined): readonly string[] =>
    sorted(
      [...nodes.keys()].filter((id) => subProcessOf(id) === subProcess && !sources.has(id) && !hostOf(id)),
      byColumn,
    );

  const previous = (id: string): string | undefined => hostOf(id) ?? sources.get(id)?.[0] ?? subProcessOf(id);

  /** The nodes that can be had instead of this one, from top to bottom. */
  const siblingsOf = (id: string): readonly string[] => {
    const node = hostOf(id) ?? id;
    const from = sources.get(node)?.[0];
    const peers = from === undefined ? rootsIn(subProcessOf(node)) : targetsOf(from);
    const inside = peers.flatMap((peer) =>
      rootsIn(peer).filter(() => nodes.get(peer)?.type === 'subProcess'),
    );
    return sorted([...peers, node, ...[...peers, node].flatMap(boundaryEventsOf), ...inside], byRow);
  };

  const steps = walk();
  return {
    steps,
    first: steps[0]?.shape.elementId,
    next: (id) => targetsOf(id)[0] ?? (nodes.has(id) ? rootsIn(id)[0] : undefined),
    previous,
    sibling: (id, step) => {
      const siblings = siblingsOf(id);
      return siblings[siblings.indexOf(id) + step];
    },
  };

  /**
   * A depth-first walk read backwards, which puts a join after all of its branches; loops are cut where
   * they close. Branches are visited from the bottom up so that, backwards, the upper one comes first.
   */
  function walk(): readonly FlowStep[] {
    const visited = new Set<string>();
    const result: FlowStep[] = [];
    const visit = (id: string, depth: number): void => {
      if (visited.has(id)) return;
      visited.add(id);
      const shape = nodes.get(id) as DiagramShape;
      const inside = rootsIn(id);
      const onward = [...targetsOf(id), ...boundaryEventsOf(id)];
      for (const target of onward.toReversed()) visit(target, depth);
      for (const inner of inside.toReversed()) visit(inner, depth + 1);
      result.unshift({ shape, depth });
    };
    for (const root of rootsIn(undefined).toReversed()) visit(root, 0);
    // What only a loop leads to has no root; it is named all the same.
    for (const id of sorted(nodes.keys(), byColumn)) visit(id, depthOf(id));
    return result;
  }

  function depthOf(id: string): number {
    const outer = subProcessOf(id);
    return outer === undefined ? 0 : depthOf(outer) + 1;
  }
}

const byRow = (a: DiagramShape, b: DiagramShape): number =>
  a.bounds.y - b.bounds.y || a.bounds.x - b.bounds.x;
const byColumn = (a: DiagramShape, b: DiagramShape): number =>
  a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y;

function append(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
