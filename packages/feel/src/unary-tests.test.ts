import { expect, test } from 'vitest';
import { compileUnaryTests, type FeelValue } from './index.ts';

const environment = { now: new Date('2026-02-01T10:00:00Z') };

test.each<[string, FeelValue, boolean | null]>([
  ['-', 'anything', true],
  ['"gold"', 'gold', true],
  ['"gold", "silver"', 'silver', true],
  ['not("gold", "silver")', 'bronze', true],
  ['not("gold", "silver")', 'gold', false],
  ['5', 5, true],
  ['5', '5', null],
  ['< 5', 4, true],
  ['>= limit', 10, true],
  ['[1..10)', 10, false],
  ['[1..10), 10', 10, true],
  ['true', true, true],
  ['false', false, true],
  ['false', true, false],
  ['null', null, true],
  ['? > 3 and ? < 6', 5, true],
  ['? = true', false, false],
  ['contains(?, "x")', 'box', true],
  ['customer.known', 'anything', true],
  ['allowed', 2, true],
  ['= 5', 5, true],
  ['!= 5', 5, false],
  ['> 5', null, null],
])('%s on %j is %j', (text, input, passes) => {
  const variables = { limit: 10, customer: { known: true }, allowed: [1, 2] };
  expect(compileUnaryTests(text).matches(input, variables, environment).value).toBe(passes);
});

test('tests that do not parse are refused with the place', () => {
  expect(() => compileUnaryTests('> ')).toThrowError(expect.objectContaining({ code: 'FEEL_SYNTAX' }));
});
