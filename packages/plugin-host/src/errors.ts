/**
 * The codes this package answers with, beside those plugins choose themselves.
 *
 * Thrown by `createPluginHost`, as OrderloomError:
 *   PLUGIN_NOT_BUILT            the folder has no manifest yet
 *   PLUGIN_MANIFEST             the manifest is not well formed
 *   PLUGIN_CONTRACT             it was written for a contract this host does not speak
 *   PLUGIN_CONFIG               the settings do not fit the plugin's schema
 *   PLUGIN_DUPLICATE            two folders hold the same plugin
 *
 * In a PluginFailure:
 *   retryable  PLUGIN_TIMEOUT              no answer within the deadline
 *              PLUGIN_CANCELLED            the caller gave up
 *              PLUGIN_CRASHED              the process ended before it answered
 *              PLUGIN_BUSY                 the queue is full
 *              PLUGIN_PAUSED               too many failures; says when to come back
 *              PLUGIN_STOPPING             the host is being stopped
 *              HTTP_UNREACHABLE            no connection to the upstream
 *              HTTP_408, HTTP_429, HTTP_5xx
 *   bug        PLUGIN_UNKNOWN              no such plugin is installed
 *              PLUGIN_OPERATION_UNKNOWN    no such contribution or operation
 *              PLUGIN_INPUT_INVALID, PLUGIN_OUTPUT_INVALID, PLUGIN_OUTPUT_TOO_LARGE
 *              PLUGIN_START                the module could not be loaded
 *              PLUGIN_PROTOCOL             it broke the protocol and was ended
 *              PLUGIN_THREW                an exception that is not a PluginError
 *              IMPORT_DENIED               it tried to import what it may not
 *              CAPABILITY_DENIED           it asked for what was not declared or granted
 *              CONNECTION_NOT_CONFIGURED   the connection's secret is missing
 *              HTTP_BODY, HTTP_REQUEST, HTTP_TOO_LARGE, HTTP_3xx, HTTP_4xx
 */
import type { PluginFailure } from './protocol.ts';

const failure =
  (kind: PluginFailure['kind']) =>
  (code: string, message: string): PluginFailure => ({ kind, code, message });

export const retryable = failure('retryable');
export const bug = failure('bug');
