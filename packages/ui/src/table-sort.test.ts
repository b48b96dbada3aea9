import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortRows, type SortValue } from './table-sort.ts';

const sorted = (values: readonly SortValue[], direction: 'ascending' | 'descending', language = 'en') =>
  sortRows(values, (value) => value, direction, language);

test.each<[string, SortValue[], SortValue[]]>([
  ['numbers inside text count', ['PO-10', 'PO-9', 'po-1'], ['po-1', 'PO-9', 'PO-10']],
  ['money', [300n, 20n, 1n], [1n, 20n, 300n]],
  ['times', [new Date(2), new Date(1)], [new Date(1), new Date(2)]],
  ['nothing goes last', [null, 2, undefined, 1], [1, 2, null, undefined]],
])('ascending: %s', (_, values, expected) => {
  expect(sorted(values, 'ascending')).toEqual(expected);
});

test('nothing goes last in descending order too', () => {
  expect(sorted([1, null, 2], 'descending')).toEqual([2, 1, null]);
});

test('Chinese sorts by pronunciation', () => {
  expect(sorted(['重庆', '北京', '安徽'], 'ascending', 'zh-Hans-CN')).toEqual(['安徽', '北京', '重庆']);
});

test('keeps every row and the order of equal ones', () => {
  const row = fc.record({ key: fc.integer({ min: 0, max: 3 }), index: fc.nat() });
  fc.assert(
    fc.property(
      fc.array(row),
      fc.constantFrom('ascending' as const, 'descending' as const),
      (rows, direction) => {
        const result = sortRows(rows, ({ key }) => key, direction, 'en');
        for (const key of [0, 1, 2, 3]) {
          const same = (all: readonly { key: number }[]) => all.filter((each) => each.key === key);
          expect(same(result)).toEqual(same(rows));
        }
      },
    ),
  );
});
