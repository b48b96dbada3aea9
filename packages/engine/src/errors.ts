/** Codes of commands that are refused. A refused command changes nothing. A code is never reused. */
export const ENGINE_ERRORS = {
  ENGINE_NOT_WAITING:
    'The instance does not wait for this: it is unknown, already answered or closed, or the instance has ended.',
  ENGINE_ALREADY_STARTED: 'An instance is started once.',
  ENGINE_NO_START: 'The process has no such start event.',
} as const;

/** Codes of incidents that the engine itself raises; FEEL, timers and failed jobs bring codes of their own. */
export const INCIDENT_CODES = {
  CONDITION_NOT_BOOLEAN: 'A condition gave neither true nor false.',
  NO_FLOW: 'No outgoing flow may be taken and there is no default flow.',
  UNHANDLED_ERROR: 'A BPMN error was thrown that nothing catches.',
  DECISION_NOT_FOUND: 'A business rule task asks a decision that is not deployed.',
  CALL_CANCELLED: 'The called instance was cancelled.',
  CORRELATION_KEY: 'A correlation key gave neither text nor a number.',
  DUE_DATE: 'A time limit gave no duration and no date.',
  CANDIDATES: 'The candidate groups or the assignee of a task are no names.',
  TOO_MANY_STEPS: 'One command moved more tokens than is allowed: the model runs in a circle.',
  TOKENS_STUCK: 'Tokens wait at a join for others that can no longer come.',
} as const;

export type EngineErrorCode = keyof typeof ENGINE_ERRORS;
export type IncidentCode = keyof typeof INCIDENT_CODES;
