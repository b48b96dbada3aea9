import type { Clock, Result } from '@orderloom/kernel';
import type { Database } from '@orderloom/database';
import { createRuntime, type Runtime, type RuntimeLog } from '@orderloom/runtime';
import { performJob } from './perform-job.ts';
import { transactionalHandlers } from './handlers/index.ts';

/** The plugins of this installation, as operations see them: somebody to call, under a deadline. */
export interface PluginGateway {
  call(call: PluginCall): Promise<Result<unknown, PluginFailure>>;
}

export interface PluginCall {
  readonly plugin: string;
  readonly contribution: string;
  readonly operation: 'rates' | 'ship' | 'track' | 'cancel' | 'run';
  readonly input: unknown;
  /** Stays the same over retries, so that the other side sees one effect. */
  readonly idempotencyKey: string;
  readonly signal?: AbortSignal;
}

/** The three ways a plugin fails: try again, refused for a reason, or broken. */
export interface PluginFailure {
  readonly kind: 'retryable' | 'rejected' | 'bug';
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** What every operation works with. One per process. */
export interface Platform {
  readonly database: Database;
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly plugins: PluginGateway;
}

export interface PlatformOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly plugins: PluginGateway;
  readonly log: RuntimeLog;
  /** Whether this process works jobs and timers, or only submits. */
  readonly worker: boolean;
}

/** Joins the runtime with the work that drawn processes ask for. Call `runtime.start()` to begin. */
export function createPlatform({ database, clock, plugins, log, worker }: PlatformOptions): Platform {
  const runtime = createRuntime({
    database,
    clock,
    log,
    handlers: transactionalHandlers,
    performJob: (job) => performJob({ database, plugins, clock }, job),
    roles: { worker },
  });
  return { database, runtime, clock, plugins };
}
