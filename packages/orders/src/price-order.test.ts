import { Decimal, minorUnits, sumMoney, type Money } from '@orderloom/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceOrder } from './price-order.ts';

const line = (quantity: Decimal.Value, unitPrice: Decimal.Value | null, located = 'PO1*1') => ({
  quantity: new Decimal(quantity),
  unitPrice: unitPrice === null ? null : new Decimal(unitPrice),
  located,
});
const usd = (amount: string): Money => minorUnits(amount, 'USD');
const codes = (order: Parameters<typeof priceOrder>[0]) => priceOrder(order).problems.map(({ code }) => code);

describe('the total is derived from the lines', () => {
  test.each([
    [[line(120, '9.25'), line(220, '13.79')], 'USD', 414_380n],
    [[line(3, '0.3335')], 'USD', 100n], // 1.0005
    [[line(1, '0.005'), line(1, '0.005')], 'USD', 2n], // half up, per line
    [[line('2.5', '100.2')], 'JPY', 251n], // 250.5
    [[line(1, '1.2345')], 'KWD', 1235n],
    [[], 'USD', 0n],
  ])('%#', (lines, currency, amount) => {
    expect(priceOrder({ currency, lines, statedTotal: null }).total).toEqual({ amount, currency });
  });

  test('it is the sum of the line totals to the minor unit', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 }).map((n) => new Decimal(n).div(10_000));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cents, cents)),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        (pairs, currency) => {
          const lines = pairs.map(([quantity, price]) => line(quantity, price));
          const { lineTotals, total } = priceOrder({ currency, lines, statedTotal: null });
          expect(total).toEqual(sumMoney(lineTotals as Money[], currency));
        },
      ),
    );
  });

  test('a line without a price is left out and named', () => {
    const price = priceOrder({
      currency: 'USD',
      lines: [line(1, 5), line(2, null, 'PO1*2')],
      statedTotal: null,
    });
    expect(price.lineTotals).toEqual([usd('5'), null]);
    expect(price.total).toEqual(usd('5'));
    expect(price.problems).toMatchObject([
      { code: 'ORDER_PRICE_MISSING', severity: 'exception', located: 'PO1*2' },
    ]);
  });
});

describe('a stated total is compared, never believed', () => {
  const two = [line(1, 500), line(1, 500)];
  test.each([
    ['equal', two, '1000.00', false],
    ['one minor unit per line', two, '1000.02', false],
    ['more than one minor unit per line', two, '1000.03', true],
    ['within a unit but over 0.5 %', [line(1, '1.00')], '1.01', true],
    ['nothing stated', two, null, false],
  ])('%s', (_case, lines, stated, mismatch) => {
    const order = { currency: 'USD', lines, statedTotal: stated === null ? null : usd(stated) };
    expect(codes(order)).toEqual(mismatch ? ['ORDER_TOTAL_MISMATCH'] : []);
  });

  test('another currency never agrees', () => {
    expect(codes({ currency: 'USD', lines: two, statedTotal: minorUnits(1000, 'CAD') })).toEqual([
      'ORDER_TOTAL_MISMATCH',
    ]);
  });
});
