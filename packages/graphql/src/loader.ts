import type { TenantClient } from '@orderloom/database';
import type { Context } from './context.ts';

/** Finds the rows of all keys in one query. */
type Find<Row> = (client: TenantClient, keys: string[], context: Context) => PromiseLike<readonly Row[]>;

/** Any number of rows a key. However many fields ask within a turn of the event loop, one query answers them all. */
export function loadMany<Row>(
  find: Find<Row>,
  keyOf: (row: Row) => string,
): (context: Context, key: string) => Promise<readonly Row[]> {
  const owner = {};
  return (context, key) =>
    context.reader
      .kept(
        owner,
        () => new Batches((keys) => context.reader.read((client) => find(client, keys, context)), keyOf),
      )
      .load(key);
}

/** At most one row a key. */
export function loadOne<Row>(
  find: Find<Row>,
  keyOf: (row: Row) => string,
): (context: Context, key: string) => Promise<Row | null> {
  const load = loadMany(find, keyOf);
  return async (context, key) => (await load(context, key))[0] ?? null;
}

/** What was asked for in one transaction: each key once. */
class Batches<Row> {
  readonly #find: (keys: string[]) => Promise<readonly Row[]>;
  readonly #keyOf: (row: Row) => string;
  readonly #asked = new Map<string, Promise<readonly Row[]>>();
  #open: { readonly keys: string[]; readonly found: Promise<Map<string, Row[]>> } | null = null;

  constructor(find: (keys: string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string) {
    this.#find = find;
    this.#keyOf = keyOf;
  }

  load(key: string): Promise<readonly Row[]> {
    const known = this.#asked.get(key);
    if (known) return known;
    const batch = (this.#open ??= this.#begin());
    batch.keys.push(key);
    const rows = batch.found.then((found) => found.get(key) ?? []);
    this.#asked.set(key, rows);
    return rows;
  }

  #begin() {
    const keys: string[] = [];
    const turn = new Promise((resolve) => setImmediate(resolve));
    const found = turn.then(async () => {
      this.#open = null;
      return Map.groupBy(await this.#find(keys), this.#keyOf);
    });
    return { keys, found };
  }
}
