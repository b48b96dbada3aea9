import type { z } from 'zod';
import type { CollectionDefinition, PluginDefinition } from './plugin-definition.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Statuses besides 2xx that this call handles itself. */
  readonly expect?: readonly number[];
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  text(): string;
  /** The body as the schema says, or a bug `HTTP_BODY`: an upstream that changed its mind is never a wrong answer. */
  json<S extends z.ZodType>(schema: S): z.output<S>;
}

/**
 * A declared and granted upstream. `path` begins with `/`. Any status outside 2xx and `expect` throws:
 * 408, 429 and 5xx as retryable (with `Retry-After`), everything else as a bug. Redirects are not followed.
 */
export interface Connection {
  fetch(path: string, request?: HttpRequest): Promise<HttpResponse>;
}

export interface Collection<T> {
  get(key: string): Promise<{ readonly value: T; readonly version: number } | undefined>;
  /** Compare and set: `'create'` fails when the key exists, `ifVersion` when it has moved on. */
  put(value: T, expected: { readonly ifVersion: number } | 'create'): Promise<void>;
  query(
    where: Partial<T>,
    page?: { readonly after?: string; readonly first?: number },
  ): Promise<readonly T[]>;
}

export type Log = Readonly<
  Record<
    'debug' | 'info' | 'warn' | 'error',
    (message: string, fields?: Readonly<Record<string, unknown>>) => void
  >
>;

type ConfigOf<P extends PluginDefinition> = P['config'] extends z.ZodObject
  ? z.output<P['config']>
  : Readonly<Record<string, never>>;
type NamesOf<T> = T extends Readonly<Record<string, unknown>> ? keyof T : never;

/** Everything a plugin can reach. There is no network, file, environment, secret or SQL beside it. */
export interface Context<P extends PluginDefinition = PluginDefinition> {
  readonly config: ConfigOf<P>;
  readonly connections: { readonly [K in NamesOf<P['connections']>]: Connection };
  readonly collections: {
    readonly [K in NamesOf<P['collections']>]: Collection<
      NonNullable<P['collections']>[K] extends CollectionDefinition<infer S> ? z.output<S> : never
    >;
  };
  /** Decided by the host. In `sandbox` nothing may cost money or leave the house. */
  readonly mode: 'sandbox' | 'production';
  /** Stable across retries of one step: send it upstream, derive references from it. */
  readonly idempotencyKey: string;
  /** Aborted when the deadline passes or the step is cancelled. Answer within 100 ms or the process is killed. */
  readonly signal: AbortSignal;
  readonly clock: { now(): Date };
  /** No personal data, please: the log is read by operators. */
  readonly log: Log;
  /** A text of the plugin in the caller's language, or the key when there is none. */
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string;
}
