import { describe, expect, test } from 'vitest';
import { dateOf, decimalOf, sameNumber } from './segment.ts';

describe('numbers', () => {
  test.each([
    ['12', '12'],
    ['-0.50', '-0.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0000000.00', '0'],
    ['999999999999.999999', '999999999999.999999'],
  ])('%s is %s', (sent, number) => {
    expect(decimalOf(sent)?.toString()).toBe(number);
  });

  test.each([
    '',
    '.',
    '-',
    '1,000',
    '1e3',
    '+1',
    '12 EA',
    '1.2.3',
    '1000000000000',
    '0.0000001',
    'NaN',
    '9'.repeat(99),
  ])('%s is none', (sent) => {
    expect(decimalOf(sent)).toBeNull();
  });
});

describe('dates', () => {
  test.each([
    ['20260302', '2026-03-02'],
    ['20240229', '2024-02-29'],
    ['991231', '1999-12-31'],
    ['260302', '2026-03-02'],
  ])('%s is %s', (sent, date) => {
    expect(dateOf(sent)).toBe(date);
  });

  test.each(['', '20260229', '20261301', '20260100', '2026030', '202603021', '2026-03-02', '00000000'])(
    '%s is none',
    (sent) => {
      expect(dateOf(sent)).toBeNull();
    },
  );
});

test.each([
  ['0001', '1', true],
  ['A1', 'A1', true],
  ['A1', 'A01', false],
  ['', '0', false],
])('control numbers %s and %s: the same is %s', (a, b, same) => {
  expect(sameNumber(a, b)).toBe(same);
});
