import { z } from 'zod';

/**
 * The one channel between host and plugin: Node's IPC with structured clone. Payloads travel as JSON text,
 * so their size is known before they are read and nothing but plain data can arrive.
 *
 *   host → child   start, call, abort, reply, drain
 *   child → host   ready, result, log, broker
 */

const FailureShape = z
  .object({
    kind: z.enum(['retryable', 'rejected', 'bug']),
    code: z.string().min(1).max(100),
    message: z.string().max(1000),
    retryAfterMs: z.number().nonnegative().optional(),
  })
  .transform(({ kind, code, message, retryAfterMs }): PluginFailure => ({
    kind,
    code,
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }));

export interface Bounds {
  /** Characters of JSON in one message from the child; larger results go through documents. */
  readonly messageChars: number;
  /** Log entries of one call; the rest are dropped. */
  readonly logEntries: number;
}

/** What the host accepts from a child. Anything else ends the child. */
export function childMessage({ messageChars }: Bounds) {
  return z.discriminatedUnion('type', [
    z.object({ type: z.literal('ready') }),
    z.object({ type: z.literal('result'), id: z.int(), value: jsonText(messageChars) }),
    z.object({ type: z.literal('failure'), id: z.int(), failure: FailureShape }),
    z.object({
      type: z.literal('log'),
      call: z.int(),
      level: z.enum(['debug', 'info', 'warn', 'error']),
      message: z.string().max(2000),
      fields: jsonText(10_000).pipe(z.record(z.string(), z.unknown())),
    }),
    z.object({
      type: z.literal('broker'),
      id: z.int(),
      call: z.int(),
      door: z.enum(['http', 'collection']),
      args: jsonText(messageChars),
    }),
  ]);
}
type ChildSchema = ReturnType<typeof childMessage>;
/** As the guest sends it, payloads as JSON text. */
export type ChildMessage = z.input<ChildSchema>;
/** As the host reads it, payloads parsed. */
export type ReceivedMessage = z.output<ChildSchema>;

/** JSON text as plain data. A `__proto__` key would be a way into the host's objects, so it is left out. */
function jsonText(most: number) {
  return z
    .string()
    .max(most)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    });
}

export type HostMessage =
  | {
      readonly type: 'start';
      /** File URL of the plugin's module; it may import what lies beside it. */
      readonly entry: string;
      readonly config: string;
      readonly mode: 'sandbox' | 'production';
      readonly connections: readonly string[];
      readonly collections: readonly string[];
      readonly bounds: Bounds;
    }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly contribution: string;
      readonly operation: string;
      readonly input: string;
      readonly idempotencyKey: string;
      /** The host's clock, in epoch milliseconds; the plugin's clock starts here. */
      readonly now: number;
      readonly locale: string;
    }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'reply'; readonly id: number; readonly value?: string; readonly failure?: PluginFailure }
  | { readonly type: 'drain' };

/** Why a call did not succeed: try again later, a definite no, or an incident for a developer. */
export type PluginFailure = {
  readonly kind: 'retryable' | 'rejected' | 'bug';
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number;
};
