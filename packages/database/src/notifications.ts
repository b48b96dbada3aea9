import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connect, type Target } from './connect.ts';

type Listener = (payload: string) => void;

/**
 * One connection that hears NOTIFY for all who listen. It comes back by itself when it is lost; what was sent
 * meanwhile is gone, so a listener must also look for work from time to time.
 */
export class Notifications {
  readonly #target: Target;
  readonly #log: (line: string) => void;
  readonly #listeners = new Map<string, Set<Listener>>();
  #client: Promise<pg.Client> | null = null;
  #closed = false;

  constructor(target: Target, log: (line: string) => void) {
    this.#target = target;
    this.#log = log;
  }

  /** Resolves when the channel is heard; the answer stops listening. */
  async listen(channel: string, listener: Listener): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners.add(listener));
    await this.#ask(`listen ${quoted(channel)}`);
    return async () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.#listeners.get(channel) !== listeners) return;
      this.#listeners.delete(channel);
      if (!this.#closed) await this.#ask(`unlisten ${quoted(channel)}`);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    const client = await this.#client?.catch(() => null);
    await client?.end();
  }

  async #ask(statement: string): Promise<void> {
    this.#client ??= this.#open();
    await (await this.#client).query(statement);
  }

  async #open(): Promise<pg.Client> {
    const client = await connect(this.#target);
    client.on('notification', ({ channel, payload = '' }) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener(payload);
    });
    client.on('end', () => {
      if (!this.#closed) this.#client = this.#reopen();
    });
    for (const channel of this.#listeners.keys()) await client.query(`listen ${quoted(channel)}`);
    return client;
  }

  async #reopen(): Promise<pg.Client> {
    this.#log('The connection for notifications was lost; connecting again.');
    for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 5_000)) {
      await sleep(waitMs * (0.5 + Math.random()), undefined, { ref: false });
      if (this.#closed) throw new Error('closed');
      try {
        return await this.#open();
      } catch {
        // not back yet
      }
    }
  }
}

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;
