import { err, fail, systemClock, type Clock, type Result } from '@orderloom/kernel';
import type { CarrierOperation, PluginManifest } from '@orderloom/plugin-sdk';
import { bug } from './errors.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { createPluginRunner, type PluginRunner, type PluginStatus } from './plugin-runner.ts';
import type { PluginFailure } from './protocol.ts';
import { checkConfig, readPlugin } from './read-plugin.ts';

export interface PluginCall {
  /** The plugin's id: `acme.postkit`. */
  readonly plugin: string;
  /** The contribution's id within the plugin. */
  readonly contribution: string;
  readonly operation: CarrierOperation | 'run';
  readonly input: unknown;
  /** The same for every retry of one step. */
  readonly idempotencyKey: string;
  /** BCP 47; the language of the plugin's own texts. English when absent. */
  readonly locale?: string;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

export interface PluginLogEntry {
  readonly plugin: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface PluginHost {
  manifests(): readonly PluginManifest[];
  /** Never throws for what a plugin does; the answer has passed the operation's schema. */
  call(call: PluginCall): Promise<Result<unknown, PluginFailure>>;
  status(): readonly PluginStatus[];
  /** Refuses new calls and ends every process. */
  stop(): Promise<void>;
}

export interface PluginHostOptions {
  readonly plugins: readonly {
    /** Holds a package.json that names the manifest under `orderloom`. */
    readonly folder: string;
    /** Which of a connection's origins is used. */
    readonly mode: 'sandbox' | 'production';
    readonly config?: unknown;
    /** By connection. Never shown to the plugin. */
    readonly secrets?: Readonly<Record<string, string>>;
  }[];
  readonly log: (entry: PluginLogEntry) => void;
  readonly clock?: Clock;
  readonly limits?: Partial<Limits>;
}

/**
 * Reads the manifests of the installed plugins and starts nothing: each plugin's process starts with its
 * first call. Fails with PLUGIN_NOT_BUILT, PLUGIN_MANIFEST, PLUGIN_CONTRACT, PLUGIN_CONFIG, PLUGIN_DUPLICATE.
 */
export async function createPluginHost(options: PluginHostOptions): Promise<PluginHost> {
  const { log, clock = systemClock } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const installed = await Promise.all(
    options.plugins.map(async ({ folder, mode, config = {}, secrets = {} }) => {
      const plugin = await readPlugin(folder);
      checkConfig(plugin, config);
      const { id } = plugin.manifest;
      const hide = hiding(Object.values(secrets));
      const runner = createPluginRunner({
        plugin,
        mode,
        config,
        secrets,
        clock,
        limits,
        log: ({ level, message, fields }) =>
          log({ plugin: id, level, message: hide(message), fields: hide(fields) }),
      });
      return { manifest: plugin.manifest, runner };
    }),
  );

  const runners = new Map<string, PluginRunner>();
  for (const { manifest, runner } of installed) {
    if (runners.has(manifest.id)) {
      fail('PLUGIN_DUPLICATE', `${manifest.id} is installed twice.`, {
        fix: 'Remove one of the two folders.',
      });
    }
    runners.set(manifest.id, runner);
  }

  return {
    manifests: () => installed.map(({ manifest }) => manifest),
    async call({ plugin, ...call }) {
      const runner = runners.get(plugin);
      return runner
        ? await runner.call(call)
        : err(bug('PLUGIN_UNKNOWN', `The plugin "${plugin}" is not installed.`));
    },
    status: () => [...runners.values()].map((runner) => runner.status()),
    async stop() {
      await Promise.all([...runners.values()].map((runner) => runner.stop()));
    },
  };
}

/** An upstream may echo a credential; the log is not the place to find it. */
function hiding(secrets: readonly string[]): <T>(value: T) => T {
  const hide = (text: string): string =>
    secrets.filter(Boolean).reduce((hidden, secret) => hidden.replaceAll(secret, '•••'), text);
  return (value) =>
    JSON.parse(JSON.stringify(value), (_, part: unknown) =>
      typeof part === 'string' ? hide(part) : part,
    ) as typeof value;
}
