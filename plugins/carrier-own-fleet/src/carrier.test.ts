import { assert, property, bigInt, integer } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextOf, parcel, shipment, SSCC } from './fixtures/shipment.ts';
import { ownFleet } from './index.ts';
import { checkDigit } from './sscc.ts';
import { priceOf, Tariff } from './tariff.ts';

describe('rates', () => {
  test.each([
    ['one parcel, started kilograms', [2300], {}, ['8.70', '16.70']],
    ['a full kilogram', [1000], {}, ['6.90', '14.90']],
    ['two parcels pay the base twice', [1000, 1], {}, ['13.80', '29.80']],
    ['prices without cents', [2300], { basePrice: '6', pricePerKg: '1', sameDaySurcharge: '8' }, ['9', '17']],
    [
      'prices under one',
      [1],
      { basePrice: '0.01', pricePerKg: '0.02', sameDaySurcharge: '0' },
      ['0.03', '0.03'],
    ],
  ])('%s', async (_, weights, config, expected) => {
    const { from, to, options } = shipment();
    const parcels = weights.map((weightGrams) => parcel({ weightGrams }));
    const rates = await ownFleet.rates({ from, to, options, parcels }, contextOf({ config }));
    expect(rates.map(({ service, price }) => [service, price.amount, price.currency])).toEqual([
      ['standard', expected[0], 'USD'],
      ['same-day', expected[1], 'USD'],
    ]);
  });

  test('what is shipped costs what was quoted', async () => {
    const { price } = await ownFleet.ship(shipment({ service: 'same-day' }), contextOf());
    expect(price).toEqual(priceOf(Tariff.parse({}), 'same-day', [parcel()]));
  });
});

describe('ship', () => {
  test('the same idempotency key gives the same booking and the same label bytes', async () => {
    const first = await ownFleet.ship(shipment(), contextOf());
    expect(await ownFleet.ship(shipment(), contextOf())).toEqual(first);
    const other = await ownFleet.ship(shipment(), contextOf({ idempotencyKey: 'key-2' }));
    expect(other.carrierRef).not.toBe(first.carrierRef);
    expect(other.trackingNumber).not.toBe(first.trackingNumber);
  });

  test('there is one label for each parcel, in their order', async () => {
    const second = `39501101530000002${checkDigit('39501101530000002')}`;
    const { labels } = await ownFleet.ship(
      shipment({ parcels: [parcel(), parcel({ sscc: second })] }),
      contextOf(),
    );
    expect(labels.map(({ parcelSscc }) => parcelSscc)).toEqual([SSCC, second]);
  });

  test.each([
    ['NO_PARCELS', { parcels: [] }],
    ['SERVICE_UNKNOWN', { service: 'teleport' }],
    ['PARCEL_TOO_HEAVY', { parcels: [parcel(), parcel({ weightGrams: 70_001 })] }],
    ['SSCC_CHECK_DIGIT', { parcels: [parcel({ sscc: '395011015300000012' })] }],
  ])('%s is a definite no', async (code, changes) => {
    await expect(ownFleet.ship(shipment(changes), contextOf())).rejects.toMatchObject({
      kind: 'rejected',
      code,
    });
  });

  test('seventy kilograms are still carried', async () => {
    const parcels = [parcel({ weightGrams: 70_000 })];
    expect(await ownFleet.ship(shipment({ parcels }), contextOf())).toMatchObject({
      price: { amount: '69.00' },
    });
  });
});

describe('track', () => {
  test('has nothing to add to what the drivers report', async () => {
    const { trackingNumber } = await ownFleet.ship(shipment(), contextOf());
    expect(await ownFleet.track({ trackingNumber }, contextOf())).toEqual({ status: 'pending', events: [] });
  });

  test.each(['', 'OF123', '1Z999AA10123456784', 'OF7395461742649'])(
    '%j is no number of ours',
    async (trackingNumber) => {
      await expect(ownFleet.track({ trackingNumber }, contextOf())).rejects.toMatchObject({
        code: 'TRACKING_NUMBER_UNKNOWN',
      });
    },
  );
});

describe('webhook', () => {
  const parse = (report: unknown) =>
    ownFleet.webhook?.parse(
      { headers: {}, body: typeof report === 'string' ? report : JSON.stringify(report) },
      contextOf(),
    );
  const at = '2026-11-22T10:00:00Z';

  test.each([
    ['loaded', 'picked_up'],
    ['departed', 'out_for_delivery'],
    ['delivered', 'delivered'],
    ['nobody_home', 'delivery_failed'],
    ['refused', 'exception'],
    ['damaged', 'exception'],
    ['back_at_depot', 'returned'],
  ])('%s means %s, and the same report has the same key', async (event, status) => {
    const { trackingNumber } = await ownFleet.ship(shipment(), contextOf());
    const report = { trackingNumber, event, at, place: 'Berlin' };
    expect(await parse(report)).toEqual([
      expect.objectContaining({
        trackingNumber,
        status,
        at,
        location: 'Berlin',
        dedupeKey: `${trackingNumber}/${event}/${at}`,
      }),
    ]);
    expect(await parse(report)).toEqual(await parse(report));
  });

  test.each([['not JSON'], ['[]'], [{ trackingNumber: 'OF7395461742648', event: 'lost', at }]])(
    '%j is not a report',
    async (report) => {
      await expect(parse(report)).rejects.toMatchObject({ kind: 'rejected', code: 'WEBHOOK_UNREADABLE' });
    },
  );
});

test('the check digit notices every single wrong digit', () => {
  const payload = bigInt({ min: 0n, max: 10n ** 17n - 1n });
  assert(
    property(payload, integer({ min: 0, max: 16 }), integer({ min: 1, max: 9 }), (number, place, change) => {
      const digits = number.toString().padStart(17, '0');
      const wrong = String((Number(digits[place]) + change) % 10);
      expect(checkDigit(digits.slice(0, place) + wrong + digits.slice(place + 1))).not.toBe(
        checkDigit(digits),
      );
    }),
  );
});

test.each([
  ['37610425002123456', '9'], // GS1, "How to calculate a check digit manually"
  ['39501101530000001', '1'],
])('the check digit of %s is %s', (digits, check) => {
  expect(checkDigit(digits)).toBe(check);
});
