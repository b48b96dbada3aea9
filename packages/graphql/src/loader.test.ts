import type { Database, TenantClient } from '@orderloom/database';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Context } from './context.ts';
import { loadMany, loadOne } from './loader.ts';
import { Reader } from './reader.ts';

// The transaction is told apart by its number; nothing here asks it for rows.
let opened = 0;
let open = 0;
const database = {
  async read<T>(_tenantId: string, work: (client: TenantClient) => Promise<T>): Promise<T> {
    open += 1;
    const result = await work({ transaction: ++opened } as unknown as TenantClient);
    open -= 1;
    return result;
  },
} as Database;

let context: Context;
beforeEach(() => {
  opened = 0;
  open = 0;
  context = { reader: new Reader(database, 'here') } as Context;
});

describe('a loader', () => {
  const queries: string[][] = [];
  const find = async (_client: TenantClient, keys: string[]) => {
    queries.push(keys);
    return keys.flatMap((key) => (key === 'none' ? [] : [`${key}1`, `${key}2`]));
  };
  const many = loadMany(find, (row) => row.slice(0, -1));
  const one = loadOne(find, (row) => row.slice(0, -1));
  beforeEach(() => queries.splice(0));

  it('asks once for the keys of one turn, each once, and keeps the answers', async () => {
    const all = await Promise.all([
      many(context, 'a'),
      many(context, 'b'),
      many(context, 'a'),
      many(context, 'none'),
    ]);
    expect(all).toEqual([['a1', 'a2'], ['b1', 'b2'], ['a1', 'a2'], []]);
    expect(await many(context, 'a')).toEqual(['a1', 'a2']);
    expect(queries).toEqual([['a', 'b', 'none']]);
    await context.reader.close();
  });

  it('answers null for a row that is not there', async () => {
    expect(await one(context, 'none')).toBeNull();
    expect(await one(context, 'a')).toBe('a1');
    await context.reader.close();
  });

  it('forgets what it knew when the transaction ends', async () => {
    await many(context, 'a');
    await context.reader.close();
    await many(context, 'a');
    expect(queries).toEqual([['a'], ['a']]);
    await context.reader.close();
  });

  it('tells everybody who asked when the query fails', async () => {
    const failing = loadMany(() => Promise.reject(new Error('gone')), String);
    const asked = [failing(context, 'a'), failing(context, 'b')];
    for (const answer of asked) await expect(answer).rejects.toThrow('gone');
    await context.reader.close();
  });
});

describe('a reader', () => {
  const transaction = (reader: Reader) =>
    reader.read(async (client) => (client as unknown as { transaction: number }).transaction);

  it('opens one transaction, at the first read, and ends it', async () => {
    const { reader } = context;
    await reader.close();
    expect(opened).toBe(0);
    expect([await transaction(reader), await transaction(reader), open]).toEqual([1, 1, 1]);
    await reader.close();
    expect([opened, open]).toEqual([1, 0]);
  });

  it('opens another one after it was closed', async () => {
    const { reader } = context;
    expect(await transaction(reader)).toBe(1);
    await reader.close();
    expect(await transaction(reader)).toBe(2);
    await reader.close();
    expect(open).toBe(0);
  });

  it('does one query after the other, also after one that fails', async () => {
    const { reader } = context;
    let underWay = 0;
    const query = (fails: boolean) =>
      reader.read(async () => {
        expect(++underWay).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        if (fails) throw new Error('refused');
      });
    const answers = await Promise.allSettled([query(false), query(true), query(false)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await reader.close();
  });

  it('refuses to read for nobody', () => {
    expect(() => new Reader(database, null).read(async () => null)).toThrow('a tenant to read in');
  });
});
