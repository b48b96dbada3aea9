import { must } from '@orderloom/kernel';
import { childOf, childrenOf, extensionsOf, textOf, type BpmnElement } from './bpmn-element.ts';
import type {
  ActivityMarkers,
  Bounds,
  Diagram,
  DiagramEdge,
  DiagramPlane,
  DiagramShape,
  DiagramWords,
  EdgeKind,
  EventPosition,
  EventTrigger,
  GatewayKind,
  Point,
  ShapeNotation,
  SubProcessVariant,
  TaskKind,
} from './diagram.ts';
import { readDocument } from './read-document.ts';

/**
 * The drawing in a BPMN file.
 *
 * @throws OrderloomError as `readDocument` does: BPMN_TOO_LARGE, BPMN_UNSAFE, BPMN_UNREADABLE (with line and
 * column, both from 1), BPMN_NOT_BPMN, BPMN_DUPLICATE_ID
 */
export async function readDiagram(xml: string): Promise<Diagram> {
  const { definitions } = await readDocument(xml);
  const planes = childrenOf(definitions, 'diagrams')
    .map((diagram) => readPlane(diagram, definitions))
    .filter((plane) => plane !== undefined);
  return { planes, hasInterchange: planes.length > 0 };
}

interface PlaneContext {
  readonly definitions: BpmnElement;
  /** Elements that have a shape in this plane. */
  readonly drawn: ReadonlySet<BpmnElement>;
  /** The pool of each process. */
  readonly poolOf: ReadonlyMap<BpmnElement, BpmnElement>;
  /** The innermost lane of each flow node. */
  readonly laneOf: ReadonlyMap<BpmnElement, BpmnElement>;
}

/** One item of the interchange with the element it draws. */
interface Drawn {
  readonly item: BpmnElement;
  readonly element: BpmnElement;
}

function readPlane(diagram: BpmnElement, definitions: BpmnElement): DiagramPlane | undefined {
  const plane = childOf(diagram, 'plane');
  // An item may point at an element that is not in the file; nothing can be said about it, so it is left out.
  const items = (plane ? childrenOf(plane, 'planeElement') : []).flatMap((item): readonly Drawn[] => {
    const element = childOf(item, 'bpmnElement');
    return element?.id === undefined ? [] : [{ item, element }];
  });
  const shapeItems = items.filter(({ item }) => item.$type === 'bpmndi:BPMNShape' && boundsOf(item));
  if (shapeItems.length === 0) return undefined;

  const drawn = new Set(shapeItems.map(({ element }) => element));
  const context: PlaneContext = {
    definitions,
    drawn,
    poolOf: poolsByProcess(definitions),
    laneOf: lanesByNode(drawn),
  };
  const shown = plane && childOf(plane, 'bpmnElement');
  return {
    elementId: shown?.id ?? must(diagram.id ?? shapeItems[0]?.element.id, 'an id of the plane'),
    name: planeName(shown, diagram),
    shapes: inDrawingOrder(shapeItems.map((shape) => readShape(shape, context))),
    edges: items.filter(({ item }) => item.$type === 'bpmndi:BPMNEdge').flatMap(readEdge),
  };
}

/** Tools seldom name a collaboration; its first pool is what people call it by. */
function planeName(shown: BpmnElement | undefined, diagram: BpmnElement): string {
  const [firstPool] = shown ? childrenOf(shown, 'participants') : [];
  return textOf(shown, 'name') ?? textOf(diagram, 'name') ?? textOf(firstPool, 'name') ?? '';
}

function poolsByProcess(definitions: BpmnElement): ReadonlyMap<BpmnElement, BpmnElement> {
  const pools = new Map<BpmnElement, BpmnElement>();
  for (const root of childrenOf(definitions, 'rootElements')) {
    for (const pool of childrenOf(root, 'participants')) {
      const process = childOf(pool, 'processRef');
      if (process) pools.set(process, pool);
    }
  }
  return pools;
}

function lanesByNode(drawn: ReadonlySet<BpmnElement>): ReadonlyMap<BpmnElement, BpmnElement> {
  const lanes = new Map<BpmnElement, BpmnElement>();
  for (const lane of drawn) {
    // A node of a nested lane is often listed by the outer lanes too; the innermost one tells most.
    if (lane.$type !== 'bpmn:Lane' || childOf(lane, 'childLaneSet')) continue;
    for (const node of childrenOf(lane, 'flowNodeRef')) lanes.set(node, lane);
  }
  return lanes;
}

function readShape({ item, element }: Drawn, context: PlaneContext): DiagramShape {
  const parentId = parentOf(element, context)?.id;
  const laneId = context.laneOf.get(element)?.id;
  return {
    ...wordsOf(element, item),
    bounds: must(boundsOf(item), 'bounds'),
    ...(parentId !== undefined && { parentId }),
    ...(laneId !== undefined && { laneId }),
    ...notationOf(element, item, context),
  };
}

/** The nearest element around this one that is drawn in the same plane. */
function parentOf(element: BpmnElement, { drawn, poolOf }: PlaneContext): BpmnElement | undefined {
  for (let outer = element.$parent; outer; outer = outer.$parent) {
    const candidate = poolOf.get(outer) ?? outer;
    if (drawn.has(candidate)) return candidate;
  }
  return undefined;
}

function wordsOf(element: BpmnElement, item: BpmnElement): DiagramWords {
  const labels = Object.fromEntries(
    extensionsOf(element, 'orderloom:Label').flatMap((label) => {
      const language = textOf(label, 'lang');
      return language === null ? [] : [[language, textOf(label, 'text') ?? '']];
    }),
  );
  const label = childOf(item, 'label');
  const labelBounds = label && boundsOf(label);
  return {
    elementId: must(element.id, 'an id'),
    name: nameOf(element),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(labelBounds && { labelBounds }),
  };
}

function nameOf(element: BpmnElement): string {
  if (element.$type === 'bpmn:TextAnnotation') return textOf(element, 'text') ?? '';
  if (element.$type === 'bpmn:Group') return textOf(childOf(element, 'categoryValueRef'), 'value') ?? '';
  const name = textOf(element, 'name') ?? '';
  const state = textOf(childOf(element, 'dataState'), 'name');
  return state === null ? name : `${name} [${state}]`.trim();
}

function boundsOf(item: BpmnElement): Bounds | undefined {
  const bounds = childOf(item, 'bounds');
  if (!bounds) return undefined;
  return { ...pointOf(bounds), width: numberOf(bounds, 'width'), height: numberOf(bounds, 'height') };
}

function pointOf(point: BpmnElement): Point {
  return { x: numberOf(point, 'x'), y: numberOf(point, 'y') };
}

function numberOf(element: BpmnElement, property: string): number {
  const value = element[property];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function flag(element: BpmnElement, property: string): boolean | undefined {
  const value = element[property];
  return typeof value === 'boolean' ? value : undefined;
}

const EVENT_POSITION: Readonly<Record<string, EventPosition>> = {
  'bpmn:StartEvent': 'start',
  'bpmn:IntermediateCatchEvent': 'catch',
  'bpmn:IntermediateThrowEvent': 'throw',
  'bpmn:BoundaryEvent': 'boundary',
  'bpmn:EndEvent': 'end',
  'bpmn:ImplicitThrowEvent': 'throw',
};

const EVENT_TRIGGER: Readonly<Record<string, EventTrigger>> = {
  'bpmn:MessageEventDefinition': 'message',
  'bpmn:TimerEventDefinition': 'timer',
  'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation',
  'bpmn:CancelEventDefinition': 'cancel',
  'bpmn:CompensateEventDefinition': 'compensation',
  'bpmn:ConditionalEventDefinition': 'conditional',
  'bpmn:LinkEventDefinition': 'link',
  'bpmn:SignalEventDefinition': 'signal',
  'bpmn:TerminateEventDefinition': 'terminate',
};

const GATEWAY: Readonly<Record<string, GatewayKind>> = {
  'bpmn:ExclusiveGateway': 'exclusive',
  'bpmn:InclusiveGateway': 'inclusive',
  'bpmn:ParallelGateway': 'parallel',
  'bpmn:ComplexGateway': 'complex',
  'bpmn:EventBasedGateway': 'eventBased',
};

const TASK: Readonly<Record<string, TaskKind>> = {
  'bpmn:Task': 'none',
  'bpmn:UserTask': 'user',
  'bpmn:ManualTask': 'manual',
  'bpmn:ServiceTask': 'service',
  'bpmn:ScriptTask': 'script',
  'bpmn:BusinessRuleTask': 'businessRule',
  'bpmn:SendTask': 'send',
  'bpmn:ReceiveTask': 'receive',
};

const GLOBAL_TASK: Readonly<Record<string, TaskKind>> = {
  'bpmn:GlobalUserTask': 'user',
  'bpmn:GlobalManualTask': 'manual',
  'bpmn:GlobalScriptTask': 'script',
  'bpmn:GlobalBusinessRuleTask': 'businessRule',
};

function notationOf(element: BpmnElement, item: BpmnElement, context: PlaneContext): ShapeNotation {
  const type = element.$type;
  const position = EVENT_POSITION[type];
  if (position) return eventNotation(element, position);
  const gateway = GATEWAY[type];
  if (gateway) {
    return {
      type: 'gateway',
      gateway: gateway === 'eventBased' ? eventBasedKind(element) : gateway,
      isMarkerVisible: flag(item, 'isMarkerVisible') ?? false,
    };
  }
  const task = TASK[type];
  if (task) {
    const startsProcess = task === 'receive' && flag(element, 'instantiate') === true;
    return { type: 'task', task: startsProcess ? 'receiveStart' : task, ...markersOf(element) };
  }
  switch (type) {
    case 'bpmn:CallActivity':
      return {
        type: 'callActivity',
        task: calledTask(element, context),
        isExpanded: flag(item, 'isExpanded') ?? false,
        ...markersOf(element),
      };
    case 'bpmn:SubProcess':
    case 'bpmn:Transaction':
    case 'bpmn:AdHocSubProcess':
      return {
        type: 'subProcess',
        variant: subProcessVariant(element),
        // Some tools leave the attribute out; what has its inside drawn around it is expanded.
        isExpanded:
          flag(item, 'isExpanded') ??
          childrenOf(element, 'flowElements').some((inner) => context.drawn.has(inner)),
        ...markersOf(element),
      };
    case 'bpmn:Participant':
      return {
        type: 'participant',
        isHorizontal: flag(item, 'isHorizontal') ?? true,
        isMultiple: childOf(element, 'participantMultiplicity') !== undefined,
        isBlackBox: !isDrawnInside(childOf(element, 'processRef'), context),
      };
    case 'bpmn:Lane':
      return { type: 'lane', isHorizontal: flag(item, 'isHorizontal') ?? true };
    case 'bpmn:DataObjectReference':
    case 'bpmn:DataObject':
      return {
        type: 'data',
        data: 'object',
        isCollection: isCollection(childOf(element, 'dataObjectRef') ?? element),
      };
    case 'bpmn:DataInput':
      return { type: 'data', data: 'input', isCollection: isCollection(element) };
    case 'bpmn:DataOutput':
      return { type: 'data', data: 'output', isCollection: isCollection(element) };
    case 'bpmn:DataStoreReference':
    case 'bpmn:DataStore':
      return { type: 'dataStore' };
    case 'bpmn:TextAnnotation':
      return { type: 'textAnnotation' };
    case 'bpmn:Group':
      return { type: 'group' };
    case 'bpmn:Message':
      return { type: 'message', isInitiating: textOf(item, 'messageVisibleKind') !== 'non_initiating' };
    default:
      return { type: 'other', bpmnType: type };
  }
}

/** The kind of the global task that a call activity calls, when this file holds it. */
function calledTask(element: BpmnElement, { definitions }: PlaneContext): TaskKind {
  const called = textOf(element, 'calledElement')?.replace(/^.*:/, '');
  const found = childrenOf(definitions, 'rootElements').find((root) => root.id === called);
  return GLOBAL_TASK[found?.$type ?? ''] ?? 'none';
}

function eventNotation(element: BpmnElement, position: EventPosition): ShapeNotation {
  const definitions = [
    ...childrenOf(element, 'eventDefinitions'),
    ...childrenOf(element, 'eventDefinitionRef'),
  ];
  const [first] = definitions;
  const several = flag(element, 'parallelMultiple') ? 'parallelMultiple' : 'multiple';
  const single = EVENT_TRIGGER[first?.$type ?? ''] ?? 'none';
  const attachedTo = childOf(element, 'attachedToRef')?.id;
  return {
    type: 'event',
    position,
    trigger: definitions.length > 1 ? several : single,
    isInterrupting: flag(element, position === 'boundary' ? 'cancelActivity' : 'isInterrupting') ?? true,
    ...(attachedTo && { attachedTo }),
  };
}

function eventBasedKind(element: BpmnElement): GatewayKind {
  if (!flag(element, 'instantiate')) return 'eventBased';
  return textOf(element, 'eventGatewayType') === 'Parallel' ? 'eventBasedParallelStart' : 'eventBasedStart';
}

function subProcessVariant(element: BpmnElement): SubProcessVariant {
  if (element.$type === 'bpmn:Transaction') return 'transaction';
  if (element.$type === 'bpmn:AdHocSubProcess') return 'adHoc';
  return flag(element, 'triggeredByEvent') ? 'event' : 'embedded';
}

function markersOf(element: BpmnElement): ActivityMarkers {
  return {
    loop: loopOf(childOf(element, 'loopCharacteristics')),
    isForCompensation: flag(element, 'isForCompensation') ?? false,
  };
}

function isDrawnInside(process: BpmnElement | undefined, { drawn }: PlaneContext): boolean {
  if (!process) return false;
  const lanes = childrenOf(process, 'laneSets').flatMap((set) => childrenOf(set, 'lanes'));
  return [...childrenOf(process, 'flowElements'), ...lanes].some((element) => drawn.has(element));
}

function loopOf(characteristics: BpmnElement | undefined): ActivityMarkers['loop'] {
  if (!characteristics) return 'none';
  if (characteristics.$type === 'bpmn:StandardLoopCharacteristics') return 'standard';
  return flag(characteristics, 'isSequential') ? 'sequential' : 'parallel';
}

function isCollection(element: BpmnElement): boolean {
  return flag(element, 'isCollection') ?? false;
}

const EDGE_KIND: Readonly<Record<string, EdgeKind>> = {
  'bpmn:SequenceFlow': 'sequence',
  'bpmn:MessageFlow': 'message',
  'bpmn:Association': 'association',
  'bpmn:DataInputAssociation': 'data',
  'bpmn:DataOutputAssociation': 'data',
  'bpmn:ConversationLink': 'conversation',
};

function readEdge({ item, element }: Drawn): readonly DiagramEdge[] {
  const kind = EDGE_KIND[element.$type];
  const waypoints = childrenOf(item, 'waypoint').map(pointOf);
  if (!kind || waypoints.length < 2) return [];

  const { source, target } = endsOf(element);
  const message = messageOf(item, element);
  return [
    {
      ...wordsOf(element, item),
      kind,
      ...(source?.id !== undefined && { sourceId: source.id }),
      ...(target?.id !== undefined && { targetId: target.id }),
      waypoints,
      isDefault: kind === 'sequence' && source?.['default'] === element,
      isConditional: childOf(element, 'conditionExpression') !== undefined && !GATEWAY[source?.$type ?? ''],
      direction: directionOf(kind, element),
      ...(message && { message }),
    },
  ];
}

/** Data associations name only their data end; the other end is the activity or event that holds them. */
function endsOf(element: BpmnElement): {
  source: BpmnElement | undefined;
  target: BpmnElement | undefined;
} {
  if (element.$type === 'bpmn:DataInputAssociation') {
    return { source: childrenOf(element, 'sourceRef')[0], target: element.$parent };
  }
  if (element.$type === 'bpmn:DataOutputAssociation') {
    return { source: element.$parent, target: childOf(element, 'targetRef') };
  }
  return { source: childOf(element, 'sourceRef'), target: childOf(element, 'targetRef') };
}

function directionOf(kind: EdgeKind, element: BpmnElement): DiagramEdge['direction'] {
  if (kind === 'data') return 'one';
  if (kind !== 'association') return 'none';
  const direction = textOf(element, 'associationDirection');
  return direction === 'One' ? 'one' : direction === 'Both' ? 'both' : 'none';
}

function messageOf(item: BpmnElement, element: BpmnElement): DiagramEdge['message'] {
  const visible = textOf(item, 'messageVisibleKind');
  if (element.$type !== 'bpmn:MessageFlow' || visible === null) return undefined;
  return visible === 'initiating' ? 'initiating' : 'nonInitiating';
}

/** Pools, then lanes, then nodes from the outside in, boundary events on top; the file's order within each. */
function inDrawingOrder(shapes: readonly DiagramShape[]): readonly DiagramShape[] {
  const byId = new Map(shapes.map((shape) => [shape.elementId, shape]));
  const depthOf = (shape: DiagramShape | undefined): number => {
    let depth = 0;
    for (let outer = shape; outer?.parentId; outer = byId.get(outer.parentId)) depth += 1;
    return depth;
  };
  const layerOf = (shape: DiagramShape): number => {
    if (shape.type === 'participant') return 0;
    if (shape.type === 'lane') return 1;
    if (shape.type === 'group') return 4;
    return shape.type === 'event' && shape.position === 'boundary' ? 3 : 2;
  };
  return shapes.toSorted((a, b) => layerOf(a) - layerOf(b) || depthOf(a) - depthOf(b));
}
