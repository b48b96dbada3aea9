import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, decodeJson, encodeJson, plainJson } from './json.ts';

const { value: jsonWithBigint } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.bigInt(),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, item]) => [name, reversed(item)]),
  );
};

test('what was encoded is decoded to the same value', () => {
  fc.assert(
    fc.property(jsonWithBigint, (value) => {
      expect(decodeJson(encodeJson(value))).toEqual(value);
    }),
  );
});

test('the order of fields does not change the canonical text', () => {
  fc.assert(
    fc.property(jsonWithBigint, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

test('what only looks like an encoded bigint does no harm', () => {
  expect(decodeJson(encodeJson({ $bigint: 'ten' }))).toEqual({ $bigint: 'ten' });
});

test('different values have different canonical texts', () => {
  expect(canonicalJson({ quantity: 1 })).not.toBe(canonicalJson({ quantity: 1n }));
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

test('readers of plain JSON get all digits of a bigint as text', () => {
  expect(plainJson({ total: 9_007_199_254_740_993n })).toBe('{"total":"9007199254740993"}');
});
