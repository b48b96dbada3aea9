export { actorOf, type Call } from './call.ts';
export { claimTask } from './claim-task.ts';
export { completeTask, type TaskCompletion } from './complete-task.ts';
export { operationErrors, type OperationErrorCode } from './errors.ts';
export { createPlatform, type Platform, type PlatformOptions } from './platform.ts';
export type { PluginCall, PluginFailure, PluginGateway } from './plugin-gateway.ts';
export { publishModel, type Model } from './publish-model.ts';
export { publishTemplates } from './publish-templates.ts';
export { recordTracking, type TrackingReport } from './record-tracking.ts';
export { releaseTask } from './release-task.ts';
export { retryIncident, type IncidentToRetry } from './retry-incident.ts';
export { seedDemonstration, type SeedResult } from './seed-demonstration.ts';
export {
  takeInDocument,
  type Disposition,
  type DocumentToTakeIn,
  type IntakeOutcome,
  type TransactionOutcome,
} from './take-in-document.ts';
