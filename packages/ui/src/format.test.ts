import { expect, test } from 'vitest';
import { formatDate, formatDateTime, formatMoney, formatNumber, formatRelative } from './format.ts';

test.each([
  [1304594n, 'USD', 'en', '$13,045.94'],
  [-5n, 'EUR', 'en', '-€0.05'],
  [1304594, 'CNY', 'zh', '¥13,045.94'],
  ['5000', 'JPY', 'en', '¥5,000'],
  [1234567n, 'KWD', 'en', 'KWD 1,234.567'],
  [900719925474099312n, 'USD', 'en', '$9,007,199,254,740,993.12'],
] as const)('%s minor units of %s in %s: %s', (amount, currency, locale, text) => {
  expect(formatMoney(amount, currency, locale).replaceAll('\u00a0', ' ')).toBe(text);
});

test('quantities keep six decimals', () => {
  expect(formatNumber('1234.567891', 'en')).toBe('1,234.567891');
});

test('an instant is shown in the zone asked for', () => {
  expect(formatDateTime('2026-03-12T20:30:00Z', 'zh', 'Asia/Shanghai')).toBe('2026年3月13日 04:30');
});

test('a calendar date stays the day it says in every zone', () => {
  expect(formatDate('2026-03-12', 'en', 'America/Los_Angeles')).toBe('Mar 12, 2026');
});

test.each([
  ['2026-03-12T12:00:30Z', 'now'],
  ['2026-03-12T11:55:00Z', '5 minutes ago'],
  ['2026-03-14T13:00:00Z', 'in 2 days'],
])('%s is %s', (instant, text) => {
  expect(formatRelative(instant, 'en', '2026-03-12T12:00:00Z')).toBe(text);
});
