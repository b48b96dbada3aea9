export { compileProcesses, type CompiledDocument } from './compile-processes.ts';
export { assertDeployable, type Finding } from './finding.ts';
export { BPMN_ERRORS, type BpmnErrorCode } from './errors.ts';
export { ORDERLOOM_DESCRIPTOR, ORDERLOOM_NAMESPACE } from './extension.ts';
export type { Expression } from './expression.ts';
export type {
  ErrorEvent,
  Flow,
  Labels,
  Mapping,
  MessageEvent,
  NodeOf,
  NodeType,
  ProcessModel,
  ProcessNode,
  Scope,
  StartEvents,
  StartTimer,
  TimerEvent,
  WorkDefinition,
} from './process-model.ts';
export { nextRepetition, scheduleTimer, type TimerDefinition, type TimerSchedule } from './timer.ts';
export { readDiagram } from './diagram-reader.ts';
export type {
  Bounds,
  Diagram,
  DiagramEdge,
  DiagramPlane,
  DiagramShape,
  DiagramWords,
  EventTrigger,
  GatewayKind,
  Point,
  TaskKind,
} from './diagram.ts';
export { compileDecisions, type Decision, type DecisionResult } from './decision.ts';
export type {
  DecisionExplanation,
  EvaluatedDecision,
  EvaluatedTable,
  HitPolicy,
  MatchedRule,
} from './decision-explanation.ts';
