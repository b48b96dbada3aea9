import { newId } from '@orderloom/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, exampleTenant, type ClonedDatabase } from './cloned-database.ts';
import { nextNumber } from './next-number.ts';
import { withIdempotencyKey } from './with-idempotency-key.ts';

let cloned: ClonedDatabase;
let tenantId: string;
beforeAll(async () => {
  cloned = await cloneDatabase();
  ({ id: tenantId } = await cloned.database.createTenant(exampleTenant('shop')));
});
afterAll(() => cloned.drop());

/** Places an order: the number shows how often that was really done. */
const place = (key: string, request: unknown, operation = 'placeOrder') =>
  cloned.database.transaction(tenantId, (tx) =>
    withIdempotencyKey(tx, { tenantId, operation, key, request }, async () => ({
      total: 9_007_199_254_740_993n,
      number: await nextNumber(tx, tenantId, key),
    })),
  );

test('a repeated request gets the first answer and is not done again', async () => {
  const key = newId();
  const first = await place(key, { sku: 'A', quantity: 2n });
  expect(first).toEqual({ total: 9_007_199_254_740_993n, number: 1n });
  expect(await place(key, { quantity: 2n, sku: 'A' })).toEqual(first);
});

test('of many at once one is done and all get its answer', async () => {
  const key = newId();
  const answers = await Promise.all(Array.from({ length: 8 }, () => place(key, {})));
  expect(answers.map(({ number }) => number)).toEqual(Array.from({ length: 8 }, () => 1n));
});

test('the same key with another request is refused', async () => {
  const key = newId();
  await place(key, { sku: 'A' });
  await expect(place(key, { sku: 'B' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

test('the same key of another operation is another key', async () => {
  const key = newId();
  await place(key, {});
  expect(await place(key, {}, 'cancelOrder')).toMatchObject({ number: 2n });
});

test('a request that failed can be tried again with its key', async () => {
  const key = newId();
  const failing = cloned.database.transaction(tenantId, (tx) =>
    withIdempotencyKey(tx, { tenantId, operation: 'placeOrder', key, request: {} }, async () => {
      throw new Error('out of paper');
    }),
  );
  await expect(failing).rejects.toThrow('out of paper');
  expect(await place(key, {})).toMatchObject({ number: 1n });
});

test('every caller gets the same shape, the first one too', async () => {
  const key = newId();
  const ask = () =>
    cloned.database.transaction(tenantId, (tx) =>
      withIdempotencyKey(tx, { tenantId, operation: 'ask', key, request: {} }, async () => ({
        at: new Date('2026-03-01T10:00:00Z'),
        nothing: undefined,
      })),
    );
  expect(await ask()).toEqual({ at: '2026-03-01T10:00:00.000Z' });
  expect(await ask()).toEqual({ at: '2026-03-01T10:00:00.000Z' });
});
