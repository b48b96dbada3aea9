import type { Database, TenantClient } from '@orderloom/database';
import { must } from '@orderloom/kernel';

/**
 * What one request reads: one read transaction, opened at the first read, so that everything in an answer is of
 * one instant. `close` ends it; a read after that (the answer of a mutation, after its write) opens the next.
 */
export class Reader {
  readonly #database: Database;
  readonly #tenantId: string | null;
  #session: Session | null = null;

  /** Without a tenant, nobody is signed in and every read is a bug. */
  constructor(database: Database, tenantId: string | null) {
    this.#database = database;
    this.#tenantId = tenantId;
  }

  /** One query after the other, as one connection can do no other. A query must not wait for another read. */
  read<T>(query: (client: TenantClient) => PromiseLike<T>): Promise<T> {
    const session = this.#open();
    const result = Promise.all([session.client, session.last]).then(([client]) => query(client));
    session.last = result.catch(() => {});
    return result;
  }

  /** What is kept as long as the transaction lasts, by whoever keeps it. */
  kept<T>(owner: object, make: () => T): T {
    const { kept } = this.#open();
    if (!kept.has(owner)) kept.set(owner, make());
    return kept.get(owner) as T;
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.end();
  }

  #open(): Session {
    return (this.#session ??= openSession(this.#database, must(this.#tenantId, 'a tenant to read in')));
  }
}

interface Session {
  readonly client: Promise<TenantClient>;
  readonly kept: Map<object, unknown>;
  /** The query that was asked for last. */
  last: Promise<unknown>;
  end(): Promise<void>;
}

function openSession(database: Database, tenantId: string): Session {
  const opened = Promise.withResolvers<TenantClient>();
  const ended = Promise.withResolvers<void>();
  const done = database.read(tenantId, async (client) => {
    opened.resolve(client);
    await ended.promise;
  });
  // A failure to open reaches whoever reads; a failure to end has nobody left to tell.
  done.catch(opened.reject);
  return {
    client: opened.promise,
    kept: new Map(),
    last: opened.promise.catch(() => {}),
    async end() {
      ended.resolve();
      await done.catch(() => {});
    },
  };
}
