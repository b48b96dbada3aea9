export { advance, type Transition } from './advance.ts';
export type { CallOutcome, Command, StartCommand, Variables } from './command.ts';
export type { Effect, OpenJobEffect, OpenTaskEffect } from './effect.ts';
export type { Environment } from './environment.ts';
export { ENGINE_ERRORS, INCIDENT_CODES, type EngineErrorCode, type IncidentCode } from './errors.ts';
export type { ProcessEvent } from './event.ts';
export {
  activeElements,
  processVariables,
  type ElementInstance,
  type IncidentState,
  type Instance,
  type Wait,
} from './instance.ts';
