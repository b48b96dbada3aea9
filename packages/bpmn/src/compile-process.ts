import { childOf, childrenOf, extensionOf, isA, textOf, type BpmnElement } from './bpmn-element.ts';
import {
  compileFeel,
  compileMappings,
  labelsOf,
  nameOf,
  reportError,
  reportWarning,
  type Compilation,
} from './compilation.ts';
import { compileNode, hasBody, type Placement } from './compile-node.ts';
import type { Flow, NodeDetail, ProcessModel, ProcessNode, Scope, StartEvents } from './process-model.ts';
import { nextStart } from './timer.ts';

/** A flow node and where it lies, before it is compiled. */
interface PlacedNode {
  readonly element: BpmnElement;
  readonly scope: number;
}

/** Compiles one process; what cannot be compiled is reported and left out of the model. */
export function compileProcess(compilation: Compilation, process: BpmnElement): ProcessModel {
  const { placed, bodies } = placeNodes(process);
  const compiled = compileNodes(compilation, placed, bodies);
  const flows = compileFlows(compilation, [process, ...bodies.keys()], compiled);
  const lanes = lanesOf(process);
  const flowIndexes = new Map(flows.map(({ element, flow }) => [element, flow.index]));
  const incoming = Map.groupBy(flows, ({ flow }) => flow.target);
  const outgoing = Map.groupBy(flows, ({ flow }) => flow.source);
  const boundaries = Map.groupBy(compiled.keys(), (index) => attachedTo(compiled[index]));

  const nodes = compiled.map(({ element, scope, detail }, index): ProcessNode => {
    const defaultFlow = childOf(element, 'default');
    return {
      index,
      id: element.id ?? '',
      name: textOf(element, 'name'),
      labels: labelsOf(element),
      lane: laneOf(lanes, element),
      stage: textOf(extensionOf(element, 'orderloom:Stage'), 'key'),
      scope,
      incoming: indexesOf(incoming.get(index)),
      outgoing: indexesOf(outgoing.get(index)),
      defaultFlow: (defaultFlow && flowIndexes.get(defaultFlow)) ?? null,
      boundaries: boundaries.get(index) ?? [],
      inputs: compileMappings(compilation, element, 'inputs'),
      outputs: compileMappings(compilation, element, 'outputs'),
      ...detail,
    };
  });
  return {
    id: process.id ?? '',
    name: textOf(process, 'name') ?? process.id ?? '',
    labels: labelsOf(process),
    nodes,
    flows: flows.map(({ flow }) => flow),
    scopes: scopesOf(nodes, bodies.size + 1),
    nodeById: new Map(nodes.map((node) => [node.id, node])),
    startEvents: startEventsOf(nodes),
  };
}

function indexesOf(flows: readonly CompiledFlow[] | undefined): readonly number[] {
  return flows?.map(({ flow }) => flow.index) ?? [];
}

function attachedTo(node: CompiledNode | undefined): number | null {
  return node?.detail.type === 'boundaryEvent' ? node.detail.attachedTo : null;
}

/** All flow nodes, those of sub-processes included, in the order of the document. */
function placeNodes(process: BpmnElement) {
  const placed: PlacedNode[] = [];
  const bodies = new Map<BpmnElement, number>();
  const place = (container: BpmnElement, scope: number): void => {
    for (const element of childrenOf(container, 'flowElements')) {
      if (!isA(element, 'bpmn:FlowNode')) continue;
      placed.push({ element, scope });
      if (!hasBody(element)) continue;
      bodies.set(element, bodies.size + 1);
      place(element, bodies.size);
    }
  };
  place(process, 0);
  return { placed, bodies };
}

interface CompiledNode extends PlacedNode {
  readonly detail: NodeDetail;
}

function compileNodes(
  compilation: Compilation,
  placed: readonly PlacedNode[],
  bodies: ReadonlyMap<BpmnElement, number>,
): readonly CompiledNode[] {
  // Boundary events come last: they are compiled only when the activity they are attached to is.
  const isBoundary = ({ element }: PlacedNode) => element.$type === 'bpmn:BoundaryEvent';
  const compiled: CompiledNode[] = [];
  const indexes = new Map<BpmnElement, number>();
  const placement: Placement = {
    nodeIndex: (element) => indexes.get(element) ?? null,
    bodyIndex: (subProcess) => bodies.get(subProcess) ?? 0,
  };
  for (const node of [...placed.filter((node) => !isBoundary(node)), ...placed.filter(isBoundary)]) {
    if (node.element.id === undefined) {
      reportError(
        compilation,
        null,
        'id-missing',
        `An element named ${JSON.stringify(node.element.name ?? '')} (${node.element.$type}) has no id.`,
        'Give every flow node an id.',
      );
      continue;
    }
    reportIgnored(compilation, node.element);
    const detail = compileNode(compilation, node.element, placement);
    if (detail === null) continue;
    indexes.set(node.element, compiled.length);
    compiled.push({ ...node, detail });
  }
  return compiled;
}

/** What runs differently from how it is drawn must be said. */
function reportIgnored(compilation: Compilation, element: BpmnElement): void {
  for (const property of ['dataInputAssociations', 'dataOutputAssociations', 'resources']) {
    if (childrenOf(element, property).length === 0) continue;
    reportWarning(
      compilation,
      element,
      'ignored',
      `The ${property} of ${nameOf(element)} are kept in the document but have no effect.`,
      'Use <orderloom:mapping> for data and <orderloom:assignment> for people.',
    );
  }
}

interface CompiledFlow {
  readonly element: BpmnElement;
  readonly flow: Flow;
}

function compileFlows(
  compilation: Compilation,
  containers: readonly BpmnElement[],
  nodes: readonly CompiledNode[],
): readonly CompiledFlow[] {
  const indexes = new Map(nodes.map(({ element }, index) => [element, index]));
  const flows: CompiledFlow[] = [];
  for (const element of containers.flatMap((container) => childrenOf(container, 'flowElements'))) {
    if (element.$type !== 'bpmn:SequenceFlow') continue;
    const source = childOf(element, 'sourceRef');
    const target = childOf(element, 'targetRef');
    if (source === undefined || target === undefined) {
      reportError(
        compilation,
        element,
        'flow-open',
        `The sequence flow ${nameOf(element)} has no ${source === undefined ? 'source' : 'target'}.`,
        'Connect it to an element at both ends, or remove it.',
      );
      continue;
    }
    const [from, to] = [indexes.get(source), indexes.get(target)];
    // One end is not executable, which is reported there.
    if (from === undefined || to === undefined) continue;
    const text = textOf(childOf(element, 'conditionExpression'), 'body');
    flows.push({
      element,
      flow: {
        index: flows.length,
        id: element.id ?? `${source.id}->${target.id}`,
        name: textOf(element, 'name'),
        labels: labelsOf(element),
        source: from,
        target: to,
        condition: text === null ? null : compileFeel(compilation, element, text, 'condition'),
      },
    });
  }
  return flows;
}

/** A lane of its own, else that of the sub-process around it. */
function laneOf(lanes: ReadonlyMap<BpmnElement, string>, element: BpmnElement): string | null {
  const around = element.$parent;
  return lanes.get(element) ?? (around ? laneOf(lanes, around) : null);
}

/** The name of the innermost lane of each node that a lane names. */
function lanesOf(process: BpmnElement): ReadonlyMap<BpmnElement, string> {
  const lanes = new Map<BpmnElement, string>();
  const visit = (laneSet: BpmnElement): void => {
    for (const lane of childrenOf(laneSet, 'lanes')) {
      const name = textOf(lane, 'name') ?? lane.id ?? '';
      for (const node of childrenOf(lane, 'flowNodeRef')) lanes.set(node, name);
      const inner = childOf(lane, 'childLaneSet');
      if (inner !== undefined) visit(inner);
    }
  };
  for (const laneSet of childrenOf(process, 'laneSets')) visit(laneSet);
  return lanes;
}

function scopesOf(nodes: readonly ProcessNode[], count: number): readonly Scope[] {
  return Array.from({ length: count }, (_, index) => {
    const inside = nodes.filter(({ scope }) => scope === index);
    const owner = nodes.find((node) => node.type === 'subProcess' && node.body === index);
    const start = inside.find((node) => node.type === 'startEvent' && node.event.kind === 'none');
    return {
      index,
      node: owner?.index ?? null,
      nodes: inside.map((node) => node.index),
      start: start?.index ?? null,
    };
  });
}

function startEventsOf(nodes: readonly ProcessNode[]): StartEvents {
  let none: string | null = null;
  const messages: { element: string; message: string }[] = [];
  const timers: StartEvents['timers'][number][] = [];
  for (const node of nodes) {
    if (node.scope !== 0 || node.type !== 'startEvent') continue;
    const { id: element, event } = node;
    if (event.kind === 'none') none ??= element;
    if (event.kind === 'message') messages.push({ element, message: event.message });
    if (event.kind === 'timer') {
      const { timer } = event;
      timers.push({ element, nextDue: (after, timeZone) => nextStart(timer, after, timeZone) });
    }
  }
  return { none, messages, timers };
}
