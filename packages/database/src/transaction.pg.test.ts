import { newId } from '@orderloom/kernel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, exampleTenant, type ClonedDatabase } from './cloned-database.ts';
import { nextNumber } from './next-number.ts';
import type { Transaction } from './transaction.ts';

let cloned: ClonedDatabase;
let tenantId: string;
beforeAll(async () => {
  cloned = await cloneDatabase();
});
beforeEach(async () => {
  ({ id: tenantId } = await cloned.database.createTenant(exampleTenant(`t-${newId()}`)));
});
afterAll(() => cloned.drop());

const addLocation = (tx: Transaction, code: string) =>
  tx.query(
    `insert into location (tenant_id, id, code, name, time_zone, address) values ($1, $2, $3, $3, 'UTC', '{}')`,
    [tenantId, newId(), code],
  );

const codes = () =>
  cloned.database.read(tenantId, async (client) =>
    (await client.location.findMany({ orderBy: { code: 'asc' } })).map(({ code }) => code),
  );

test('an error rolls everything back and reaches the caller', async () => {
  const work = cloned.database.transaction(tenantId, async (tx) => {
    await addLocation(tx, 'A');
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await codes()).toEqual([]);
});

test('an error under a savepoint undoes that part only', async () => {
  await cloned.database.transaction(tenantId, async (tx) => {
    await addLocation(tx, 'A');
    const twice = tx.savepoint(async () => {
      await addLocation(tx, 'B');
      await addLocation(tx, 'A');
    });
    await expect(twice).rejects.toThrow(/unique/);
    await tx.savepoint(() => addLocation(tx, 'C'));
  });
  expect(await codes()).toEqual(['A', 'C']);
});

test('savepoints nest', async () => {
  await cloned.database.transaction(tenantId, async (tx) => {
    await tx.savepoint(async () => {
      await addLocation(tx, 'A');
      await tx
        .savepoint(async () => {
          await addLocation(tx, 'B');
          throw new Error('inner');
        })
        .catch(() => {});
    });
  });
  expect(await codes()).toEqual(['A']);
});

test('a transaction whose failed statement was hushed up does not look committed', async () => {
  const work = cloned.database.transaction(tenantId, async (tx) => {
    await addLocation(tx, 'A');
    await addLocation(tx, 'A').catch(() => {});
  });
  await expect(work).rejects.toThrow(/rolled back/);
  expect(await codes()).toEqual([]);
});

test.each([
  ['9007199254740993::int8', 9_007_199_254_740_993n],
  ['12345678901234567890.123456::numeric', '12345678901234567890.123456'],
  ["date '2026-03-01'", '2026-03-01'],
  ["timestamptz '2026-03-01T12:00:00+02'", new Date('2026-03-01T10:00:00Z')],
  ["array['a', null]", ['a', null]],
  [`jsonb '{"a": [1]}'`, { a: [1] }],
  ['null::int8', null],
])('a column %s arrives whole', async (sql, expected) => {
  const rows = await cloned.database.transaction(tenantId, (tx) => tx.query(`select ${sql} as value`));
  expect(rows).toEqual([{ value: expected }]);
});

test('of two transactions in a deadlock the loser tries again when asked to', async () => {
  const { database } = cloned;
  await database.transaction(tenantId, async (tx) => {
    await nextNumber(tx, tenantId, 'a');
    await nextNumber(tx, tenantId, 'b');
  });
  const bothHoldOne = Promise.withResolvers<void>();
  let holding = 0;
  let runs = 0;
  const take = (first: string, second: string) =>
    database.transaction(
      tenantId,
      async (tx) => {
        runs++;
        await nextNumber(tx, tenantId, first);
        if (++holding >= 2) bothHoldOne.resolve();
        await bothHoldOne.promise;
        await nextNumber(tx, tenantId, second);
      },
      { retries: 1 },
    );
  await Promise.all([take('a', 'b'), take('b', 'a')]);
  expect(runs).toBe(3);
  expect(await database.transaction(tenantId, (tx) => nextNumber(tx, tenantId, 'a'))).toBe(4n);
});

test('reading cannot write', async () => {
  const write = cloned.database.read(tenantId, (client) =>
    client.numberSeries.create({ data: { tenantId, series: 'x', next: 1n } }),
  );
  await expect(write).rejects.toThrow(/read-only transaction/);
});

test('all queries of one reading see the same instant', async () => {
  const { database } = cloned;
  await database.read(tenantId, async (client) => {
    expect(await client.location.count()).toBe(0);
    await database.transaction(tenantId, (tx) => addLocation(tx, 'A'));
    expect(await client.location.count()).toBe(0);
  });
  expect(await codes()).toEqual(['A']);
});

test('numbers of a series come one after the other, without gaps, per tenant', async () => {
  const { database } = cloned;
  const take = () => database.transaction(tenantId, (tx) => nextNumber(tx, tenantId, 'order'));
  const failed = database.transaction(tenantId, async (tx) => {
    await nextNumber(tx, tenantId, 'order');
    throw new Error('no order after all');
  });
  await expect(failed).rejects.toThrow();
  const numbers = await Promise.all(Array.from({ length: 20 }, take));
  expect(numbers.toSorted((a, b) => Number(a - b))).toEqual(
    Array.from({ length: 20 }, (_, i) => BigInt(i + 1)),
  );
  const other = await database.createTenant(exampleTenant(`t-${newId()}`));
  expect(await database.transaction(other.id, (tx) => nextNumber(tx, other.id, 'order'))).toBe(1n);
});
