import type { Clock } from '@orderloom/kernel';
import type { Database } from '@orderloom/database';
import { createRuntime, type Runtime, type RuntimeLog } from '@orderloom/runtime';
import { performJob } from './perform-job.ts';
import type { PluginGateway } from './plugin-gateway.ts';
import { transactionalHandlers } from './handlers/index.ts';

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
    performJob: (job) => performJob({ database, plugins }, job),
    roles: { worker },
  });
  return { database, runtime, clock, plugins };
}
