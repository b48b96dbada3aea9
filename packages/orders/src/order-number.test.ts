import { expect, test } from 'vitest';
import { orderNumber } from './order-number.ts';

test('order numbers sort by year and sequence', () => {
  expect(orderNumber(2026, 123n)).toBe('SO-2026-000123');
  expect(orderNumber(2026, 1_000_000n)).toBe('SO-2026-1000000');
});

test.each([
  [2026, 0n],
  [26, 1n],
  [2026.5, 1n],
])('there is no order %s/%s', (year, sequence) => {
  expect(() => orderNumber(year, sequence)).toThrowError(expect.objectContaining({ code: 'ORDER_NUMBER' }));
});
