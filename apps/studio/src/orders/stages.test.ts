import { expect, test } from 'vitest';
import { STAGES, stageProgress } from './stages.ts';

const running = { hasEnded: false, isCancelled: false };
const statesOf = (...given: Parameters<typeof stageProgress>) =>
  stageProgress(...given)
    ?.map(({ state }) => state)
    .join(' ');

test.each([
  ['on its way', 'reserved', running, 'done done current ahead ahead ahead ahead ahead'],
  ['just placed', 'placed', running, 'current ahead ahead ahead ahead ahead ahead ahead'],
  [
    'at its end',
    'after-sales',
    { hasEnded: true, isCancelled: false },
    'done done done done done done done done',
  ],
  [
    'cancelled in the review',
    'reviewed',
    { hasEnded: true, isCancelled: true },
    'done stopped ahead ahead ahead ahead ahead ahead',
  ],
])('an order %s', (_, reached, order, states) => {
  expect(statesOf(reached, order)).toBe(states);
});

test('a drawing without these stages has no progress to show', () => {
  expect(stageProgress(null, running)).toBeNull();
  expect(stageProgress('shaved', running)).toBeNull();
});

test('every stage is told once, in order', () => {
  expect(stageProgress('packed', running)?.map(({ stage }) => stage)).toEqual([...STAGES]);
});
