/**
 * What is drawn: the diagram interchange of a BPMN file (BPMN 2.0.2, clause 12) joined with the facts of
 * each element that decide its notation. Plain JSON: a server can send it, a browser can compute it.
 */
export interface Diagram {
  /** One drawing each: a process or collaboration, or the inside of a collapsed sub-process. The main one first. */
  readonly planes: readonly DiagramPlane[];
  /** False for a file that holds a process but no drawing of it; then there are no planes. */
  readonly hasInterchange: boolean;
}

export interface DiagramPlane {
  /** The process, collaboration or sub-process shown. */
  readonly elementId: string;
  readonly name: string;
  /** In drawing order: what contains or lies behind comes first. */
  readonly shapes: readonly DiagramShape[];
  readonly edges: readonly DiagramEdge[];
}

/** Pixels of the drawing; x grows to the right, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds extends Point {
  readonly width: number;
  readonly height: number;
}

export type DiagramShape = ShapePlace & ShapeNotation;

/** What is written at a shape or an edge. */
export interface DiagramWords {
  readonly elementId: string;
  /** Empty when the element has no name. */
  readonly name: string;
  /** The name in other languages, by BCP 47 tag. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Where the file puts a label that stands outside its shape. */
  readonly labelBounds?: Bounds;
}

/** Where a shape is and what it belongs to. */
export interface ShapePlace extends DiagramWords {
  readonly bounds: Bounds;
  /** The pool, lane (of a lane) or sub-process drawn around it in this plane. */
  readonly parentId?: string;
  /** The innermost lane that a flow node is assigned to. */
  readonly laneId?: string;
}

export type ShapeNotation =
  | {
      readonly type: 'event';
      readonly position: EventPosition;
      readonly trigger: EventTrigger;
      /** False is drawn with a dashed outline. */
      readonly isInterrupting: boolean;
      /** The activity a boundary event sits on. */
      readonly attachedTo?: string;
    }
  | { readonly type: 'gateway'; readonly gateway: GatewayKind; readonly isMarkerVisible: boolean }
  | ({ readonly type: 'task'; readonly task: TaskKind } & ActivityMarkers)
  | ({
      readonly type: 'callActivity';
      readonly task: TaskKind;
      readonly isExpanded: boolean;
    } & ActivityMarkers)
  | ({
      readonly type: 'subProcess';
      readonly variant: SubProcessVariant;
      readonly isExpanded: boolean;
    } & ActivityMarkers)
  | {
      readonly type: 'participant';
      readonly isHorizontal: boolean;
      readonly isMultiple: boolean;
      /** Nothing of its process is drawn; its name stands in the middle. */
      readonly isBlackBox: boolean;
    }
  | { readonly type: 'lane'; readonly isHorizontal: boolean }
  | { readonly type: 'data'; readonly data: DataKind; readonly isCollection: boolean }
  | { readonly type: 'dataStore' }
  | { readonly type: 'textAnnotation' }
  | { readonly type: 'group' }
  | { readonly type: 'message'; readonly isInitiating: boolean }
  /** An element whose notation is not drawn yet (choreographies, conversations); a labelled box stands for it. */
  | { readonly type: 'other'; readonly bpmnType: string };

export type EventPosition = 'start' | 'catch' | 'throw' | 'boundary' | 'end';

export type EventTrigger =
  | 'none'
  | 'message'
  | 'timer'
  | 'error'
  | 'escalation'
  | 'cancel'
  | 'compensation'
  | 'conditional'
  | 'link'
  | 'signal'
  | 'terminate'
  | 'multiple'
  | 'parallelMultiple';

export type GatewayKind =
  | 'exclusive'
  | 'inclusive'
  | 'parallel'
  | 'complex'
  | 'eventBased'
  | 'eventBasedStart'
  | 'eventBasedParallelStart';

export type TaskKind =
  | 'none'
  | 'user'
  | 'manual'
  | 'service'
  | 'script'
  | 'businessRule'
  | 'send'
  | 'receive'
  | 'receiveStart';

export type SubProcessVariant = 'embedded' | 'event' | 'transaction' | 'adHoc';
export type DataKind = 'object' | 'input' | 'output';

export interface ActivityMarkers {
  readonly loop: 'none' | 'standard' | 'parallel' | 'sequential';
  readonly isForCompensation: boolean;
}

export interface DiagramEdge extends DiagramWords {
  readonly kind: EdgeKind;
  readonly sourceId?: string;
  readonly targetId?: string;
  /** At least two points, as the file draws them. */
  readonly waypoints: readonly Point[];
  /** The flow taken when no condition holds: a slash at its start. */
  readonly isDefault: boolean;
  /** A flow that leaves an activity under a condition: a diamond at its start. */
  readonly isConditional: boolean;
  /** Arrow heads of an association. */
  readonly direction: 'none' | 'one' | 'both';
  /** The envelope in the middle of a message flow. */
  readonly message?: 'initiating' | 'nonInitiating';
}

export type EdgeKind = 'sequence' | 'message' | 'association' | 'data' | 'conversation';
