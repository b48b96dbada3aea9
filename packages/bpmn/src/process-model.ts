import type { Expression } from './expression.ts';
import type { TimerDefinition } from './timer.ts';

/**
 * One process, compiled: immutable, shared by all its instances. Inside it speaks in indexes into
 * `nodes`, `flows` and `scopes`; outside, everything is known by its BPMN id.
 */
export interface ProcessModel {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly nodes: readonly ProcessNode[];
  readonly flows: readonly Flow[];
  /** `scopes[0]` is the process itself, the others are its sub-processes. */
  readonly scopes: readonly Scope[];
  /** By BPMN id. */
  readonly nodeById: ReadonlyMap<string, ProcessNode>;
  readonly startEvents: StartEvents;
}

/** Names in other languages, by BCP 47 tag. */
export type Labels = Readonly<Record<string, string>>;

/** What can begin an instance, by BPMN id of the start event. */
export interface StartEvents {
  readonly none: string | null;
  readonly messages: readonly { readonly element: string; readonly message: string }[];
  readonly timers: readonly StartTimer[];
}

export interface StartTimer {
  readonly element: string;
  /** The first time after that instant at which an instance begins; null when there is none any more. */
  readonly nextDue: (after: Date, timeZone: string) => Date | null;
}

export interface Flow {
  readonly index: number;
  /** `source->target` when the document gives the flow no id. */
  readonly id: string;
  readonly name: string | null;
  readonly labels: Labels;
  readonly source: number;
  readonly target: number;
  readonly condition: Expression | null;
}

export interface Scope {
  readonly index: number;
  /** The sub-process whose inside this is; null for the process. */
  readonly node: number | null;
  readonly nodes: readonly number[];
  /** Its none start event; null when it has none. */
  readonly start: number | null;
}

interface NodeBase {
  readonly index: number;
  readonly id: string;
  readonly name: string | null;
  readonly labels: Labels;
  /** Name of the innermost lane. */
  readonly lane: string | null;
  /** The stage of the order it belongs to, such as `placed` or `after-sales`. */
  readonly stage: string | null;
  /** The scope it lies in. */
  readonly scope: number;
  readonly incoming: readonly number[];
  /** In the order of the document, the default flow included. */
  readonly outgoing: readonly number[];
  readonly defaultFlow: number | null;
  /** Boundary events attached to it. */
  readonly boundaries: readonly number[];
  /** Null without an input mapping: everything in sight goes in. */
  readonly inputs: readonly Mapping[] | null;
  /** Null without an output mapping: everything that comes out is kept. */
  readonly outputs: readonly Mapping[] | null;
}

export interface Mapping {
  readonly source: Expression;
  /** Name of the variable that takes the value. */
  readonly target: string;
}

/** What an element is, besides its place in the process. */
export type NodeDetail =
  | { readonly type: 'startEvent'; readonly event: NoneEvent | MessageEvent | TimerEvent }
  | { readonly type: 'endEvent'; readonly event: NoneEvent | MessageEvent | ErrorEvent | TerminateEvent }
  | { readonly type: 'intermediateCatchEvent'; readonly event: MessageEvent | TimerEvent }
  | { readonly type: 'intermediateThrowEvent'; readonly event: NoneEvent | MessageEvent }
  | {
      readonly type: 'boundaryEvent';
      readonly event: MessageEvent | TimerEvent | ErrorEvent;
      readonly attachedTo: number;
      readonly interrupting: boolean;
    }
  | { readonly type: 'task' }
  | { readonly type: 'manualTask' }
  | UserTaskDetail
  | { readonly type: 'serviceTask'; readonly work: WorkDefinition }
  | { readonly type: 'sendTask'; readonly work: WorkDefinition | null; readonly message: MessageEvent | null }
  | { readonly type: 'receiveTask'; readonly message: MessageEvent }
  | { readonly type: 'scriptTask'; readonly script: Expression; readonly result: string }
  | { readonly type: 'businessRuleTask'; readonly decision: string; readonly result: string }
  | { readonly type: 'callActivity'; readonly process: string }
  | { readonly type: 'subProcess'; readonly body: number }
  | { readonly type: 'exclusiveGateway' }
  | { readonly type: 'parallelGateway' }
  | { readonly type: 'eventBasedGateway' };

export interface UserTaskDetail {
  readonly type: 'userTask';
  /** Gives a list of group names, or one text with names separated by commas. */
  readonly candidateGroups: Expression | null;
  readonly assignee: Expression | null;
  readonly form: string | null;
  /** Gives an ISO 8601 duration from when the task opens, or a date and time. */
  readonly due: Expression | null;
  readonly instruction: string | null;
  /** The instruction in other languages. */
  readonly instructions: Labels;
}

/** What does the work of a task; see `OpenJobEffect` of the engine. */
export interface WorkDefinition {
  readonly type: string;
  readonly work: 'transactional' | 'external';
  readonly attempts: number;
}

export interface NoneEvent {
  readonly kind: 'none';
}

export interface MessageEvent {
  readonly kind: 'message';
  readonly message: string;
  /** Null: any message of that name. */
  readonly correlationKey: Expression | null;
}

export interface TimerEvent {
  readonly kind: 'timer';
  readonly timer: TimerDefinition;
}

export interface ErrorEvent {
  readonly kind: 'error';
  /** Null on a boundary event: any error. */
  readonly code: string | null;
}

export interface TerminateEvent {
  readonly kind: 'terminate';
}

export type NodeType = NodeDetail['type'];
export type ProcessNode = NodeBase & NodeDetail;
/** The node of that BPMN type. */
export type NodeOf<T extends NodeType> = NodeBase & Extract<NodeDetail, { readonly type: T }>;
