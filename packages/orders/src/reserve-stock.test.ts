import { Decimal } from '@orderloom/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReservationRequest, reserveStock, type StockBalance } from './reserve-stock.ts';

const balance = (skuId: string, onHand: number, reserved = 0): StockBalance => ({
  skuId,
  locationId: 'main',
  onHand: new Decimal(onHand),
  reserved: new Decimal(reserved),
});

/** `'chair 2, desk 1'` asked for at a minute. */
function request(id: string, minute: number, wanted: string, partial = false): ReservationRequest {
  const lines = wanted.split(', ').map((words, at) => {
    const [skuId = '', quantity = ''] = words.split(' ');
    return { lineId: `${id}${at}`, skuId, locationId: 'main', quantity: new Decimal(quantity) };
  });
  return { id, requestedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)), partial, lines };
}

function decide(balances: readonly StockBalance[], requests: readonly ReservationRequest[]) {
  const { grants, shortages } = reserveStock(balances, requests);
  return {
    grants: grants.map(({ requestId, skuId, quantity }) => `${requestId}: ${skuId} ${quantity.toString()}`),
    shortages: shortages.map(
      ({ requestId, skuId, quantity, available }) =>
        `${requestId}: ${skuId} ${quantity.toString()} of ${available.toString()}`,
    ),
  };
}

describe('a batch of requests is decided together', () => {
  test('who asked first is served first, wherever the request stands in the batch', () => {
    expect(decide([balance('chair', 5)], [request('b', 2, 'chair 3'), request('a', 1, 'chair 3')])).toEqual({
      grants: ['a: chair 3'],
      shortages: ['b: chair 3 of 2'],
    });
  });

  test('an order gets all of its lines or nothing, and leaves what it cannot use to the next', () => {
    const balances = [balance('chair', 5), balance('desk', 1, 1)];
    expect(decide(balances, [request('a', 1, 'chair 5, desk 1'), request('b', 2, 'chair 5')])).toEqual({
      grants: ['b: chair 5'],
      shortages: ['a: desk 1 of 0'],
    });
  });

  test('an order that accepts part takes what is there', () => {
    expect(decide([balance('chair', 5, 3)], [request('a', 1, 'chair 3, lamp 1', true)])).toEqual({
      grants: ['a: chair 2'],
      shortages: ['a: chair 3 of 2', 'a: lamp 1 of 0'],
    });
  });

  test('two lines of one SKU draw on one balance', () => {
    expect(decide([balance('chair', 3)], [request('a', 1, 'chair 2, chair 2')])).toEqual({
      grants: [],
      shortages: ['a: chair 2 of 1'],
    });
  });

  test('a balance that is already oversold has nothing left', () => {
    expect(decide([balance('chair', 1, 2)], [request('a', 1, 'chair 1', true)])).toEqual({
      grants: [],
      shortages: ['a: chair 1 of 0'],
    });
  });
});

const sku = fc.constantFrom('chair', 'desk', 'lamp');
const balances = fc
  .uniqueArray(fc.record({ sku, onHand: fc.nat(30), reserved: fc.nat(10) }), { selector: ({ sku }) => sku })
  .map((rows) => rows.map((row) => balance(row.sku, row.onHand, Math.min(row.reserved, row.onHand))));
const requests = fc
  .array(
    fc.record({
      minute: fc.nat(5),
      partial: fc.boolean(),
      wanted: fc.array(fc.tuple(sku, fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 20 },
  )
  .map((rows) =>
    rows.map(({ minute, partial, wanted }, at) =>
      request(String.fromCharCode(97 + at), minute, wanted.map((pair) => pair.join(' ')).join(', '), partial),
    ),
  );

describe('under any batch', () => {
  test('nothing is sold that is not there', () => {
    fc.assert(
      fc.property(balances, requests, (balances, requests) => {
        const { grants } = reserveStock(balances, requests);
        for (const skuId of ['chair', 'desk', 'lamp']) {
          const granted = Decimal.sum(0, ...grants.filter((g) => g.skuId === skuId).map((g) => g.quantity));
          const there = balances.find((b) => b.skuId === skuId);
          expect(granted.lte(there ? there.onHand.minus(there.reserved) : 0)).toBe(true);
        }
      }),
    );
  });

  test('the decision does not depend on how the batch was put together', () => {
    fc.assert(
      fc.property(balances, requests, (balances, requests) => {
        expect(decide(balances, requests.toReversed())).toEqual(decide(balances, requests));
      }),
    );
  });

  test('deciding in one batch is deciding one after the other', () => {
    fc.assert(
      fc.property(balances, requests, (balances, requests) => {
        let current = balances;
        const grants = requests
          .toSorted((a, b) => a.requestedAt.getTime() - b.requestedAt.getTime() || (a.id < b.id ? -1 : 1))
          .flatMap((request) => {
            const decision = reserveStock(current, [request]);
            current = current.map((b) => ({
              ...b,
              reserved: Decimal.sum(
                b.reserved,
                ...decision.grants.filter((g) => g.skuId === b.skuId).map((g) => g.quantity),
              ),
            }));
            return decision.grants;
          });
        expect(reserveStock(balances, requests).grants).toEqual(grants);
      }),
    );
  });

  test('an order that takes no part has every line granted or none', () => {
    fc.assert(
      fc.property(balances, requests, (balances, requests) => {
        const { grants } = reserveStock(balances, requests);
        for (const { id, lines } of requests.filter(({ partial }) => !partial)) {
          const mine = grants.filter(({ requestId }) => requestId === id);
          expect([[], lines.map((line) => ({ ...line, requestId: id }))]).toContainEqual(mine);
        }
      }),
    );
  });
});
