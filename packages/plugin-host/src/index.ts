export type { Limits } from './limits.ts';
export {
  createPluginHost,
  type PluginCall,
  type PluginHost,
  type PluginHostOptions,
  type PluginLogEntry,
} from './plugin-host.ts';
export type { PluginStatus } from './plugin-runner.ts';
export type { PluginFailure } from './protocol.ts';
export type { ContributionManifest, PluginManifest } from '@orderloom/plugin-sdk';
