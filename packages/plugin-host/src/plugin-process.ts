import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '@orderloom/kernel';
import type { Broker } from './broker.ts';
import { bug, retryable } from './errors.ts';
import { childMessage, type HostMessage, type PluginFailure, type ReceivedMessage } from './protocol.ts';

type Start = Omit<Extract<HostMessage, { type: 'start' }>, 'type'>;
type Call = Omit<Extract<HostMessage, { type: 'call' }>, 'type' | 'id'>;
type Question = Extract<ReceivedMessage, { type: 'broker' }>;
export type Log = (
  entry: Pick<Extract<ReceivedMessage, { type: 'log' }>, 'level' | 'message' | 'fields'>,
) => void;

export interface ProcessOptions {
  readonly start: Start;
  readonly heapMb: number;
  readonly startMs: number;
  readonly log: Log;
  readonly broker: Broker;
  /** The program that speaks the protocol in the child. */
  readonly guest?: string;
}

interface Pending {
  settle(result: Result<unknown, PluginFailure>): void;
  /** Aborted when nobody waits for the answer any more. */
  readonly over: AbortController;
  /** Runs while an abandoned call has yet to show that the plugin noticed. */
  grace?: NodeJS.Timeout;
  questions: number;
  logEntries: number;
}

const GUEST = fileURLToPath(new URL('./guest/guest.ts', import.meta.url));
/** How long a plugin may take to notice that its call was aborted. */
const GRACE_MS = 100;
const QUESTIONS_AT_ONCE = 16;
const OUTPUT_KEPT = 4_000;

/** One child process. It ends for good when it crashes, breaks the protocol or is told to. */
export class PluginProcess {
  readonly #child: ChildProcess;
  readonly #options: ProcessOptions;
  readonly #accepts: ReturnType<typeof childMessage>;
  readonly #calls = new Map<number, Pending>();
  readonly #starting: NodeJS.Timeout;
  #state: 'starting' | 'running' | 'ending' = 'starting';
  #sequence = 0;
  /** What the child wrote to stdout and stderr last; logged when it dies. */
  #output = '';
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;

  /** Starts the process. Calls may follow at once; they run when the plugin has loaded. */
  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#accepts = childMessage(options.start.bounds);
    this.#starting = setTimeout(() => this.kill(), options.startMs);
    const child = fork(options.guest ?? GUEST, [], {
      execArgv: flags(options),
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    const keep = (text: unknown): void => {
      this.#output = `${this.#output}${String(text)}`.slice(-OUTPUT_KEPT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', keep);
    child.on('message', (message) => this.#receive(message));
    this.ended = new Promise((resolve) => {
      child.on('close', (code, signal) => {
        this.#end(signal ?? `exit code ${code}`);
        resolve();
      });
    });
    this.#send({ type: 'start', ...options.start });
  }

  /** Whether it can still be given calls. */
  get alive(): boolean {
    return this.#child.connected && !this.#child.killed && this.#state !== 'ending';
  }

  /**
   * What the plugin answered. When `signal` fires first the caller is answered at once, and the plugin has a
   * moment to stop by itself before its process is killed.
   */
  call(call: Call, signal: AbortSignal): Promise<Result<unknown, PluginFailure>> {
    if (signal.aborted) return Promise.resolve(err(reasonOf(signal)));
    const id = ++this.#sequence;
    return new Promise((resolve) => {
      const abandon = (): void => {
        pending.settle(err(reasonOf(signal)));
        this.#send({ type: 'abort', id });
        if (this.#state === 'running') this.#giveGrace(pending);
      };
      const pending: Pending = {
        over: new AbortController(),
        questions: 0,
        logEntries: 0,
        settle: (result) => {
          signal.removeEventListener('abort', abandon);
          pending.over.abort();
          resolve(result);
        },
      };
      this.#calls.set(id, pending);
      signal.addEventListener('abort', abandon, { once: true });
      this.#send({ type: 'call', id, ...call });
    });
  }

  /** Lets the process leave by itself; for when no call is running. */
  async drain(): Promise<void> {
    this.#state = 'ending';
    this.#send({ type: 'drain' });
    const patience = setTimeout(() => this.kill(), 1000);
    await this.ended;
    clearTimeout(patience);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** What is sent to a child that has just died is lost; its end settles everything. */
  #send(message: HostMessage): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #giveGrace(pending: Pending): void {
    pending.grace = setTimeout(() => this.kill(), GRACE_MS);
  }

  #receive(raw: unknown): void {
    if (this.#state === 'ending') return;
    const { success, data: message } = this.#accepts.safeParse(raw);
    if (!success) return this.#expel('a message that is not in the protocol');
    if (message.type === 'ready') return this.#run();

    const id = message.type === 'log' || message.type === 'broker' ? message.call : message.id;
    const pending = this.#calls.get(id);
    if (message.type === 'log') {
      if (pending && ++pending.logEntries <= this.#options.start.bounds.logEntries)
        this.#options.log(message);
    } else if (message.type === 'broker') {
      void this.#reply(message, pending);
    } else if (pending) {
      this.#calls.delete(id);
      clearTimeout(pending.grace);
      pending.settle(message.type === 'result' ? ok(message.value) : err(message.failure));
    } else {
      this.#expel(`an answer to call ${id}, which is not open`);
    }
  }

  #run(): void {
    clearTimeout(this.#starting);
    this.#state = 'running';
    for (const pending of this.#calls.values()) if (pending.over.signal.aborted) this.#giveGrace(pending);
  }

  async #reply({ id, door, args }: Question, pending: Pending | undefined): Promise<void> {
    const answer = async (): Promise<Result<unknown, PluginFailure>> => {
      if (!pending || pending.over.signal.aborted)
        return err(retryable('PLUGIN_CANCELLED', 'The call is over.'));
      if (pending.questions >= QUESTIONS_AT_ONCE)
        return err(bug('PLUGIN_PROTOCOL', 'Too many requests at once.'));
      pending.questions++;
      try {
        return await this.#options.broker(door, args, pending.over.signal);
      } finally {
        pending.questions--;
      }
    };
    const result = await answer();
    this.#send({
      type: 'reply',
      id,
      ...(result.ok ? { value: JSON.stringify(result.value) } : { failure: result.error }),
    });
  }

  #expel(reason: string): void {
    this.#options.log({ level: 'error', message: `killed, because it sent ${reason}`, fields: {} });
    this.#settleAll(bug('PLUGIN_PROTOCOL', `The plugin's process sent ${reason}.`));
    this.#state = 'ending';
    this.kill();
  }

  #end(how: string): void {
    clearTimeout(this.#starting);
    if (this.#state !== 'ending') {
      this.#options.log({
        level: 'error',
        message: `process ended: ${how}`,
        fields: { output: this.#output },
      });
    }
    this.#settleAll(
      this.#state === 'starting'
        ? bug('PLUGIN_START', `The plugin could not be loaded (${how}); its log says why.`)
        : retryable('PLUGIN_CRASHED', `The plugin's process ended (${how}) before it answered.`),
    );
    this.#state = 'ending';
  }

  #settleAll(failure: PluginFailure): void {
    for (const pending of this.#calls.values()) {
      clearTimeout(pending.grace);
      pending.settle(err(failure));
    }
    this.#calls.clear();
  }
}

/**
 * An empty environment, no network, no child processes, workers or native code; of the disk only the guest
 * and the plugin's own folder, to read; no code from strings; a capped heap. Node denies the network under
 * `--permission` since version 26.
 */
function flags({ start, heapMb, guest = GUEST }: ProcessOptions): string[] {
  const readable = [path.dirname(guest), path.dirname(fileURLToPath(start.entry))];
  return [
    '--permission',
    ...readable.map((folder) => `--allow-fs-read=${folder}${path.sep}*`),
    `--max-old-space-size=${heapMb}`,
    '--disable-proto=delete',
    '--disallow-code-generation-from-strings',
    '--disable-warning=ExperimentalWarning',
  ];
}

/** Why a call was abandoned: its deadline passed, or its caller gave up. */
export function reasonOf(signal: AbortSignal): PluginFailure {
  const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
  return timedOut
    ? retryable('PLUGIN_TIMEOUT', 'The plugin did not answer within its deadline.')
    : retryable('PLUGIN_CANCELLED', 'The call was cancelled.');
}
