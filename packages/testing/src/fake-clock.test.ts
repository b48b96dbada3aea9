import { expect, test } from 'vitest';
import { fakeClock } from './fake-clock.ts';

test('time stands still until it is moved', () => {
  const clock = fakeClock('2026-03-29T00:59:59Z');
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1_000);
  expect(clock.now()).toEqual(new Date('2026-03-29T01:00:00Z'));
});

test('nobody moves it by changing a date it gave', () => {
  const clock = fakeClock('2026-03-29T00:00:00Z');
  clock.now().setUTCFullYear(1999);
  expect(clock.now()).toEqual(new Date('2026-03-29T00:00:00Z'));
});
