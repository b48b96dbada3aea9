/** Every code this package fails with or writes into incidents. Codes are never reused. */
export const runtimeErrors = {
  RUNTIME_COMMIT_UNKNOWN:
    'The connection broke while the database was confirming: the work may or may not be stored.',
  RUNTIME_DATABASE_UNAVAILABLE:
    'The database did not answer, or refused the transaction several times in a row.',
  RUNTIME_DEFINITION_UNREADABLE: 'A stored process or decision cannot be compiled by this version.',
  RUNTIME_ENDLESS_STEP:
    'Work kept causing more work within one step: a loop without a wait, or messages that answer each other.',
  RUNTIME_HANDLER_FAILED: 'A transactional handler threw; what it wrote for this task is undone.',
  RUNTIME_HANDLER_MISSING: 'A task names work that no handler of this server does.',
  RUNTIME_INSTANCE_ENDED: 'A command was sent to an instance that has ended.',
  RUNTIME_INSTANCE_NOT_FOUND: 'A command was sent to an instance that does not exist in this tenant.',
  RUNTIME_JOB_LOST: 'The workers that held a job stopped answering, as often as the job may be tried.',
  RUNTIME_JOB_THREW: 'A worker threw instead of answering.',
  RUNTIME_OVERLOADED: 'More work is waiting than this server accepts.',
  RUNTIME_PROCESS_NOT_FOUND: 'No process that can be started by name is deployed under that id.',
  RUNTIME_STEP_FAILED:
    'The engine could not apply a command to an instance; nothing of the step was written.',
  RUNTIME_STOPPED: 'This server is shutting down and takes no more work.',
} as const;

export type RuntimeErrorCode = keyof typeof runtimeErrors;
