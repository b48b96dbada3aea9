import { err, ok, type Clock, type Result } from '@orderloom/kernel';
import type { ContributionManifest } from '@orderloom/plugin-sdk';
import type { z } from 'zod';
import { createBroker } from './broker.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { contractOf, type OperationContract } from './contract.ts';
import { bug, retryable } from './errors.ts';
import { createHttpDoor } from './http-door.ts';
import type { Limits } from './limits.ts';
import { PluginProcess, reasonOf, type Log } from './plugin-process.ts';
import type { PluginFailure } from './protocol.ts';
import type { InstalledPlugin } from './read-plugin.ts';
import { createSlots } from './slots.ts';

export interface RunnerCall {
  readonly contribution: string;
  readonly operation: string;
  readonly input: unknown;
  readonly idempotencyKey: string;
  readonly locale?: string;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

export interface PluginStatus {
  readonly plugin: string;
  readonly version: string;
  readonly mode: 'sandbox' | 'production';
  /** `paused`: too many failures lately; calls are refused for a while. */
  readonly state: 'stopped' | 'running' | 'paused';
  readonly calls: number;
  readonly failures: Readonly<Record<PluginFailure['kind'], number>>;
  /** Processes started so far; more than one means restarts after crashes or idle stops. */
  readonly starts: number;
  readonly running: number;
  readonly queued: number;
}

export interface PluginRunner {
  call(call: RunnerCall): Promise<Result<unknown, PluginFailure>>;
  status(): PluginStatus;
  stop(): Promise<void>;
}

interface RunnerOptions {
  readonly plugin: InstalledPlugin;
  readonly mode: 'sandbox' | 'production';
  readonly config: unknown;
  readonly secrets: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** One plugin's calls: checked, queued, timed, and answered by a process that starts when it is first needed. */
export function createPluginRunner(options: RunnerOptions): PluginRunner {
  const { plugin, mode, config, secrets, clock, limits, log } = options;
  const { manifest, entry } = plugin;
  const broker = createBroker(createHttpDoor(manifest.connections, mode, secrets));
  const breaker = createCircuitBreaker(clock);
  const slots = createSlots(limits);
  const contracts = new Map<ContributionManifest, ReadonlyMap<string, OperationContract>>();
  const failures = { retryable: 0, rejected: 0, bug: 0 };
  let calls = 0;
  let starts = 0;
  let stopped = false;
  let process: PluginProcess | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function call(given: RunnerCall): Promise<Result<unknown, PluginFailure>> {
    const name = `${manifest.id}/${given.contribution}.${given.operation}`;
    const contribution = manifest.contributions.find(({ id }) => id === given.contribution);
    const contract = contribution && contractFor(contribution).get(given.operation);
    if (!contract) return err(bug('PLUGIN_OPERATION_UNKNOWN', `There is no ${name}.`));

    const input = contract.input.safeParse(given.input);
    if (!input.success) return err(bug('PLUGIN_INPUT_INVALID', `${name}: ${issues(input.error)}`));
    const json = jsonOf(input.data);
    if (json === undefined) return err(bug('PLUGIN_INPUT_INVALID', `${name}: the input is not JSON.`));
    const answer = await inTurn(given, json, timeoutOf(contribution));
    if (!answer.ok) return answer;
    const output = contract.output.safeParse(answer.value);
    return output.success
      ? ok(output.data)
      : err(bug('PLUGIN_OUTPUT_INVALID', `${name} answered something else: ${issues(output.error)}`));
  }

  /** Made once for each contribution, when it is first called. */
  function contractFor(contribution: ContributionManifest): ReadonlyMap<string, OperationContract> {
    const contract = contracts.get(contribution) ?? contractOf(contribution);
    contracts.set(contribution, contract);
    return contract;
  }

  /** Waits for a place, then asks the plugin. The deadline covers both. */
  async function inTurn(
    call: RunnerCall,
    input: string,
    timeoutMs?: number,
  ): Promise<Result<unknown, PluginFailure>> {
    const deadline = AbortSignal.timeout(call.deadlineMs ?? timeoutMs ?? limits.deadlineMs);
    const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline;
    const place = await slots.take(signal);
    if (place === 'full') return err(retryable('PLUGIN_BUSY', `${manifest.id} has too many calls waiting.`));
    if (place === 'aborted') return err(reasonOf(signal));
    try {
      if (stopped) return err(retryable('PLUGIN_STOPPING', 'The host is stopping.'));
      const refusal = breaker.refusal();
      if (refusal)
        return err({ ...retryable('PLUGIN_PAUSED', `${manifest.id} failed too often.`), ...refusal });
      const { contribution, operation, idempotencyKey, locale = 'en' } = call;
      const now = clock.now().getTime();
      const result = await running().call(
        { contribution, operation, input, idempotencyKey, locale, now },
        signal,
      );
      breaker.record(outcomeOf(result));
      return result;
    } finally {
      slots.free();
      clearTimeout(idle);
      if (slots.taken === 0) idle = setTimeout(() => void rest(), limits.idleMs).unref();
    }
  }

  /** The process that runs, or a new one. */
  function running(): PluginProcess {
    clearTimeout(idle);
    if (process?.alive) return process;
    starts++;
    const { connections, collections } = manifest;
    const started = new PluginProcess({
      start: {
        entry,
        mode,
        config: JSON.stringify(config),
        connections: Object.keys(connections),
        collections: Object.keys(collections),
        bounds: { messageChars: limits.messageChars, logEntries: limits.logEntries },
      },
      heapMb: limits.heapMb,
      startMs: limits.startMs,
      log,
      broker,
    });
    process = started;
    void started.ended.then(() => {
      if (process === started) process = undefined;
    });
    return started;
  }

  /** Ends the process when nothing runs in it; the next call starts another. */
  async function rest(): Promise<void> {
    const resting = process;
    process = undefined;
    await resting?.drain();
  }

  return {
    async call(given) {
      calls++;
      const result = await call(given);
      if (!result.ok) failures[result.error.kind]++;
      return result;
    },
    status: () => ({
      plugin: manifest.id,
      version: manifest.version,
      mode,
      state: breaker.open ? 'paused' : process ? 'running' : 'stopped',
      calls,
      failures: { ...failures },
      starts,
      running: slots.taken,
      queued: slots.waiting,
    }),
    async stop() {
      stopped = true;
      clearTimeout(idle);
      await rest();
    },
  };
}

const timeoutOf = (contribution: ContributionManifest): number | undefined =>
  contribution.kind === 'service-task' ? contribution.timeoutMs : undefined;

/** A definite no is an answer like any other; a caller who gave up says nothing about the plugin. */
function outcomeOf(result: Result<unknown, PluginFailure>): 'success' | 'failure' | 'abandoned' {
  if (result.ok || result.error.kind === 'rejected') return 'success';
  return result.error.code === 'PLUGIN_CANCELLED' ? 'abandoned' : 'failure';
}

/** Undefined for what JSON cannot say: a bigint, a circle. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

const issues = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join('.') || 'value'}: ${message}`)
    .join('; ');
