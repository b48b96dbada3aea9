/**
 * The program inside the child process. It imports nothing but its neighbours, so that only this folder and
 * the plugin's need to be readable, and it knows plugins by their shape, so that any bundled SDK will do.
 */
import type { Context, Plugin } from '@orderloom/plugin-sdk';
import type { ChildMessage, HostMessage, PluginFailure } from '../protocol.ts';
import { createContext, type Ask } from './context.ts';
import { raiseGuard } from './guard.ts';

type Message<T extends HostMessage['type']> = Extract<HostMessage, { type: T }>;
interface Loaded {
  readonly plugin: Plugin;
  readonly config: unknown;
  readonly start: Message<'start'>;
}

/** The real one: the plugin sees a stand-in. */
const host = process;
const send = (message: ChildMessage): void => void host.send?.(message);
const calls = new Map<number, AbortController>();
const questions = new Map<number, (reply: Message<'reply'>) => void>();
let sequence = 0;

// Ctrl-C reaches the whole process group; the host decides when its plugins stop. Without a host, leave.
for (const signal of ['SIGINT', 'SIGTERM'] as const) host.on(signal, () => {});
host.on('disconnect', () => host.exit());

const { promise: loaded, resolve, reject } = Promise.withResolvers<Loaded>();
host.on('message', (message: HostMessage) => {
  if (message.type === 'start') load(message).then(resolve, reject);
  else void loaded.then((plugin) => receive(plugin, message));
});

/** What goes wrong here is not caught: the process ends, and the host logs the stack it leaves behind. */
async function load(start: Message<'start'>): Promise<Loaded> {
  raiseGuard(new URL('./', start.entry).href);
  const { default: plugin } = (await import(start.entry)) as { default: Plugin };
  const config = plugin.config?.parse(JSON.parse(start.config)) ?? {};
  send({ type: 'ready' });
  return { plugin, config, start };
}

function receive(plugin: Loaded, message: Exclude<HostMessage, { type: 'start' }>): void {
  if (message.type === 'call') void answer(plugin, message);
  else if (message.type === 'abort') calls.get(message.id)?.abort();
  else if (message.type === 'reply') questions.get(message.id)?.(message);
  else host.disconnect?.();
}

async function answer({ plugin, config, start }: Loaded, call: Message<'call'>): Promise<void> {
  const { id } = call;
  const { messageChars } = start.bounds;
  const controller = new AbortController();
  calls.set(id, controller);
  try {
    const ctx = createContext({
      plugin,
      config,
      start,
      call,
      send,
      ask: askFor(id),
      signal: controller.signal,
    });
    const value = await run(plugin, call, ctx);
    if (value.length > messageChars) {
      throw bug('PLUGIN_OUTPUT_TOO_LARGE', `${value.length} characters of JSON; ${messageChars} are allowed`);
    }
    send({ type: 'result', id, value });
  } catch (error) {
    send({ type: 'failure', id, failure: failureOf(error) });
  } finally {
    calls.delete(id);
  }
}

/** The answer as JSON text. */
async function run(plugin: Plugin, call: Message<'call'>, ctx: Context): Promise<string> {
  const contribution = plugin.contributions.find(({ id }) => id === call.contribution);
  const operation = contribution?.operations[call.operation];
  if (!operation) throw bug('PLUGIN_OPERATION_UNKNOWN', `no ${call.contribution}.${call.operation}`);

  const input = operation.input.safeParse(JSON.parse(call.input));
  if (!input.success) throw bug('PLUGIN_INPUT_INVALID', input.error.message);
  const output = operation.output.safeParse(await operation.run(input.data, ctx));
  if (!output.success) throw bug('PLUGIN_OUTPUT_INVALID', output.error.message);
  const json: string | undefined = JSON.stringify(output.data);
  return json ?? 'null';
}

/** Asks the host to do something on behalf of a call. The host's failure is thrown as it came. */
function askFor(call: number): Ask {
  return (door, args) =>
    new Promise((resolve, reject) => {
      const id = ++sequence;
      questions.set(id, ({ value, failure }) => {
        questions.delete(id);
        if (failure) reject(Object.assign(new Error(failure.message), failure));
        else resolve(JSON.parse(value ?? 'null'));
      });
      send({ type: 'broker', id, call, door, args: JSON.stringify(args) });
    });
}

const bug = (code: string, message: string): Error =>
  Object.assign(new Error(message), { kind: 'bug', code });

function failureOf(error: unknown): PluginFailure {
  const { kind, code, message, retryAfterMs } = Object(error) as Partial<PluginFailure>;
  const text = String(message ?? error).slice(0, 1000);
  if ((kind === 'retryable' || kind === 'rejected' || kind === 'bug') && typeof code === 'string') {
    return {
      kind,
      code: code.slice(0, 100),
      message: text,
      ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    };
  }
  return { kind: 'bug', code: 'PLUGIN_THREW', message: text };
}
