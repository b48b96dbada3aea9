import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMoney, formatMoney, minorUnits, money, sumMoney } from './index.ts';

describe('money is integer minor units', () => {
  test.each([
    ['13045.94', 'USD', 1_304_594n, '13045.94 USD'],
    ['0.005', 'EUR', 1n, '0.01 EUR'],
    ['-0.05', 'CNY', -5n, '-0.05 CNY'],
    ['1500', 'JPY', 1500n, '1500 JPY'],
    ['1.2345', 'KWD', 1235n, '1.235 KWD'],
  ])('%s %s is %s minor units', (amount, currency, minor, text) => {
    const value = minorUnits(amount, currency);
    expect(value).toEqual({ amount: minor, currency });
    expect(formatMoney(value)).toBe(text);
  });

  test('a currency that does not exist is refused by name', () => {
    expect(() => money(1n, 'XXQ')).toThrowError(
      expect.objectContaining({ code: 'MONEY_CURRENCY', field: 'currency' }),
    );
  });

  test('currencies are never mixed', () => {
    expect(() => addMoney(money(1n, 'USD'), money(1n, 'EUR'))).toThrow(/EUR to USD/);
  });

  test('a sum does not depend on the order of its parts', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })), (amounts) => {
        const parts = amounts.map((amount) => money(amount, 'USD'));
        expect(sumMoney(parts, 'USD')).toEqual(sumMoney(parts.toReversed(), 'USD'));
      }),
    );
  });
});
