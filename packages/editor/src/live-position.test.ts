import { expect, test } from 'vitest';
import { positionsByElement, type LivePosition } from './live-position.ts';

const position = (state: LivePosition['state'], count = 1): LivePosition => ({
  elementId: 'T',
  state,
  count,
});

test.each<[string, LivePosition[], LivePosition]>([
  ['waiting again after it was done', [position('completed', 2), position('active')], position('active')],
  ['an incident beside waiting tokens', [position('active', 4), position('incident')], position('incident')],
  ['done after it was cancelled', [position('cancelled'), position('completed')], position('completed')],
])('shows what needs attention first: %s', (_, positions, shown) => {
  expect(positionsByElement(positions).get('T')).toEqual(shown);
});
