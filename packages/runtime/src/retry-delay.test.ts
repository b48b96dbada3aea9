import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

test.each([
  // attempt, random, milliseconds
  [1, 0, 1000],
  [1, 1, 500],
  [2, 0, 2000],
  [5, 0, 16_000],
  [5, 0.5, 12_000],
  [20, 0, 300_000],
  [2000, 1, 150_000],
])('after attempt %i, with chance %f, wait %i ms', (attempt, random, expected) => {
  expect(retryDelayMs(attempt, random)).toBe(expected);
});
