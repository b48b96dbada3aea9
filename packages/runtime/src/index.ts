export { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
export { formatActor, systemActor, type Actor } from './actor.ts';
export type { Change } from './change-feed.ts';
export type { DeployedDefinition, DeployInput } from './deploy.ts';
export { runtimeErrors, type RuntimeErrorCode } from './errors.ts';
export type { RuntimeLog } from './log.ts';
export type { OutgoingMessage } from './message.ts';
export type { RuntimeStats } from './statistics.ts';
export type { Step } from './submission.ts';
export type {
  ExternalJob,
  JobOutcome,
  StepContext,
  TransactionalHandler,
  TransactionalWork,
} from './work.ts';
