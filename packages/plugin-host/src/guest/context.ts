import type { Collection, Connection, Context, Log, Plugin } from '@orderloom/plugin-sdk';
import type { ChildMessage, HostMessage } from '../protocol.ts';

export type Ask = (door: 'http' | 'collection', args: unknown) => Promise<unknown>;

interface Surroundings {
  readonly plugin: Plugin;
  readonly config: unknown;
  readonly start: Extract<HostMessage, { type: 'start' }>;
  readonly call: Extract<HostMessage, { type: 'call' }>;
  readonly send: (message: ChildMessage) => void;
  readonly ask: Ask;
  readonly signal: AbortSignal;
}

/** `ctx` as the SDK describes it: every side effect is a question to the host. */
export function createContext({ plugin, config, start, call, send, ask, signal }: Surroundings): Context {
  const began = performance.now();
  const byName = <T>(names: readonly string[], make: (name: string, ask: Ask) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, make(name, ask)]));

  return {
    config: config as Context['config'],
    connections: byName(start.connections, connection) as Context['connections'],
    collections: byName(start.collections, collection) as Context['collections'],
    mode: start.mode,
    idempotencyKey: call.idempotencyKey,
    signal,
    clock: { now: () => new Date(call.now + (performance.now() - began)) },
    log: logger(call.id, start.bounds.logEntries, send),
    t: translator(plugin, call.locale),
  };
}

function connection(name: string, ask: Ask): Connection {
  return {
    async fetch(path, request = {}) {
      const { status, headers, body } = (await ask('http', { connection: name, path, ...request })) as {
        status: number;
        headers: Record<string, string>;
        body: string;
      };
      return {
        status,
        headers,
        text: () => body,
        json(schema) {
          try {
            return schema.parse(JSON.parse(body));
          } catch (cause) {
            const message = `${name} answered ${path} with something else than was expected`;
            throw Object.assign(new Error(message, { cause }), { kind: 'bug', code: 'HTTP_BODY' });
          }
        },
      };
    },
  };
}

function collection(name: string, ask: Ask): Collection<unknown> {
  const about = (operation: string, ...args: readonly unknown[]) =>
    ask('collection', { collection: name, operation, args });
  return {
    get: (key) => about('get', key) as ReturnType<Collection<unknown>['get']>,
    put: (value, expected) => about('put', value, expected) as Promise<void>,
    query: (where, page) => about('query', where, page) as Promise<readonly unknown[]>,
  };
}

function logger(call: number, most: number, send: (message: ChildMessage) => void): Log {
  let entries = 0;
  const at =
    (level: keyof Log): Log['info'] =>
    (message, fields = {}) => {
      if (++entries > most) return;
      const text = entries === most ? 'this call has logged too much; the rest is dropped' : message;
      const json = JSON.stringify(fields);
      send({
        type: 'log',
        call,
        level,
        message: text.slice(0, 2000),
        fields: json.length > 10_000 ? '{}' : json,
      });
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The text in the caller's locale, its language, or English; the key when there is none. */
function translator({ texts = {} }: Plugin, locale: string): Context['t'] {
  const language = locale.split('-', 1)[0] ?? locale;
  return (key, values = {}) => {
    const text = texts[locale]?.[key] ?? texts[language]?.[key] ?? texts['en']?.[key] ?? key;
    return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}
