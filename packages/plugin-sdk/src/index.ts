export { Address } from './address.ts';
export {
  carrierContract,
  Label,
  Parcel,
  ParcelSize,
  TrackingEvent,
  TrackingStatus,
  type Carrier,
  type CarrierDefinition,
  type CarrierInput,
  type CarrierOperation,
  type CarrierOutput,
} from './carrier.ts';
export type { Collection, Connection, Context, HttpRequest, HttpResponse, Log } from './context.ts';
export type { Contribution, Operation } from './contribution.ts';
export { createPlugin, type Plugin, type PluginBuilder } from './create-plugin.ts';
export type { JsonSchema } from './json-schema.ts';
export { manifestOf, PluginManifest, type ContributionManifest } from './manifest.ts';
export { DecimalText, Money } from './money.ts';
export {
  Capability,
  ConnectionDefinition,
  type CollectionDefinition,
  type PluginDefinition,
  type Texts,
} from './plugin-definition.ts';
export { PluginError, type FailureKind } from './plugin-error.ts';
export type { ServiceTask, ServiceTaskDefinition } from './service-task.ts';
