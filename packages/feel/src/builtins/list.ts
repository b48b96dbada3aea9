import { Decimal } from '@orderloom/kernel';
import { compare, equals } from '../compare.ts';
import { calculate } from '../arithmetic.ts';
import { exhausted, spend, type Run } from '../run.ts';
import { finiteNumber, isList, isNumber, typeOf, type List, type Value } from '../value.ts';
import {
  any,
  callable,
  define,
  list,
  listOrItems,
  number,
  optional,
  type Call,
  type Signature,
} from './define.ts';

const isEqual = (run: Run, left: Value, right: Value): boolean => equals(run, left, right) === true;

function pay(items: List, { run }: Call): void {
  spend(run, items.length);
}

function indexesOf(items: List, match: Value, { run }: Call): number[] {
  spend(run, items.length);
  return [...items.keys()].filter((index) => isEqual(run, items[index] as Value, match));
}

function distinct(items: List, { run }: Call): Value[] {
  const found: Value[] = [];
  for (const item of items) {
    spend(run, found.length + 1);
    if (!found.some((known) => isEqual(run, known, item))) found.push(item);
  }
  return found;
}

function flatten(items: List, { run }: Call): Value[] {
  const flat: Value[] = [];
  const visit = (inner: List, depth: number): void => {
    if (depth > 100) exhausted('its lists are nested more than 100 levels deep');
    spend(run, inner.length);
    for (const item of inner) {
      if (isList(item)) visit(item, depth + 1);
      else flat.push(item);
    }
  };
  visit(items, 0);
  return flat;
}

/** The position a FEEL index means (1 is the first, -1 the last), or null when it is outside. */
export function positionOf(length: number, index: Decimal): number | null {
  if (!index.isInt()) return null;
  const position = index.gt(0) ? index.toNumber() - 1 : length + index.toNumber();
  return !index.isZero() && position >= 0 && position < length ? position : null;
}

function sublist(items: List, start: Decimal, length: Decimal | undefined, call: Call): Value {
  pay(items, call);
  const from = positionOf(items.length, start);
  if (from === null) return null;
  if (length === undefined) return items.slice(from);
  const end = from + length.trunc().toNumber();
  return length.gte(1) && end <= items.length ? items.slice(from, end) : null;
}

/** The one that comes before all others; null when two cannot be compared. */
function extreme(items: List, sign: 1 | -1, call: Call): Value {
  pay(items, call);
  let best = items[0] ?? null;
  for (const item of items) {
    const order = compare(item, best);
    if (order === null) return null;
    if (order * sign > 0) best = item;
  }
  return best;
}

function numbers(items: List, call: Call): readonly Decimal[] | null {
  pay(items, call);
  return items.every((item) => isNumber(item)) ? items : null;
}

function total(items: List, call: Call): Value {
  const [first, ...rest] = items;
  pay(items, call);
  if (first === undefined || first === null || typeof first === 'string') return null;
  if (!isNumber(first) && !typeOf(first).endsWith('duration')) return null;
  return rest.reduce<Value>(
    (sum, item) => (sum === null ? null : calculate('+', call.run, call.span, sum, item)),
    first,
  );
}

const sumOf = (values: readonly Decimal[]): Decimal => values.reduce((sum, value) => sum.plus(value));

function mean(items: List, call: Call): Value {
  const sum = items.length === 0 ? null : total(items, call);
  return sum === null ? null : calculate('/', call.run, call.span, sum, new Decimal(items.length));
}

function product(items: List, call: Call): Value {
  const values = numbers(items, call);
  if (values === null || values.length === 0) return null;
  return finiteNumber(values.reduce((result, value) => result.times(value)));
}

function median(items: List, call: Call): Value {
  const values = numbers(items, call)?.toSorted((a, b) => a.cmp(b));
  if (values === undefined || values.length === 0) return null;
  const middle = values.length >> 1;
  const upper = values[middle] as Decimal;
  return values.length % 2 === 1 ? upper : upper.plus(values[middle - 1] as Decimal).div(2);
}

/** Of a sample: divides by n - 1. */
function standardDeviation(items: List, call: Call): Value {
  const values = numbers(items, call);
  if (values === null || values.length < 2) return null;
  const average = sumOf(values).div(values.length);
  const squares = values.map((value) => value.minus(average).pow(2));
  return finiteNumber(
    sumOf(squares)
      .div(values.length - 1)
      .sqrt(),
  );
}

function modes(items: List, call: Call): Value {
  const values = numbers(items, call);
  if (values === null) return null;
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value.toString(), (counts.get(value.toString()) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts]
    .filter(([, count]) => count === most)
    .map(([value]) => new Decimal(value))
    .toSorted((a, b) => a.cmp(b));
}

/** Three-valued over the items: one that is neither true nor false makes the answer unknown, unless another decides it. */
function quantify(items: List, deciding: boolean, call: Call): boolean | null {
  pay(items, call);
  if (items.includes(deciding)) return deciding;
  return items.every((item) => item === !deciding) ? !deciding : null;
}

function sortBy(items: List, precedes: ((left: Value, right: Value) => boolean) | null, call: Call): Value {
  pay(items, call);
  if (precedes !== null) {
    return items.toSorted((left, right) => (precedes(left, right) ? -1 : precedes(right, left) ? 1 : 0));
  }
  const comparable = items.every((item) => compare(item, items[0] ?? null) !== null);
  return comparable ? items.toSorted((left, right) => compare(left, right) ?? 0) : null;
}

function concatenate(lists: List, call: Call): Value[] {
  return lists.flatMap((each) => {
    if (!isList(each)) return [each];
    pay(each, call);
    return each;
  });
}

export const LIST_BUILTINS: readonly Signature[] = [
  define('list contains', [list('list'), any('element')], (items, element, { run }) => {
    spend(run, items.length);
    return items.some((item) => isEqual(run, item, element));
  }),
  define('count', [listOrItems('list')], (items) => new Decimal(items.length)),
  define('min', [listOrItems('list')], (items, call) => extreme(items, -1, call)),
  define('max', [listOrItems('list')], (items, call) => extreme(items, 1, call)),
  define('sum', [listOrItems('list')], total),
  define('mean', [listOrItems('list')], mean),
  define('product', [listOrItems('list')], product),
  define('median', [listOrItems('list')], median),
  define('stddev', [listOrItems('list')], standardDeviation),
  define('mode', [listOrItems('list')], modes),
  define('all', [listOrItems('list')], (items, call) => quantify(items, false, call)),
  define('any', [listOrItems('list')], (items, call) => quantify(items, true, call)),
  define('sublist', [list('list'), number('start position'), optional(number('length'))], sublist),
  define('append', [list('list'), listOrItems('item')], (items, added, call) =>
    concatenate([items, ...added.map((item) => [item])], call),
  ),
  define('concatenate', [listOrItems('list')], concatenate),
  define(
    'insert before',
    [list('list'), number('position'), any('newItem')],
    (items, position, item, call) => {
      pay(items, call);
      const at = positionOf(items.length, position);
      return at === null ? null : items.toSpliced(at, 0, item);
    },
  ),
  define('remove', [list('list'), number('position')], (items, position, call) => {
    pay(items, call);
    const at = positionOf(items.length, position);
    return at === null ? null : items.toSpliced(at, 1);
  }),
  define(
    'list replace',
    [list('list'), number('position'), any('newItem')],
    (items, position, item, call) => {
      pay(items, call);
      const at = positionOf(items.length, position.trunc());
      return at === null ? null : items.with(at, item);
    },
  ),
  define('list replace', [list('list'), callable('match'), any('newItem')], (items, match, item, call) => {
    pay(items, call);
    const verdicts = items.map((old) => match.call(call.run, [old, item], call.span));
    if (verdicts.some((verdict) => typeof verdict !== 'boolean')) return null;
    return items.map((old, index) => (verdicts[index] === true ? item : old));
  }),
  define('reverse', [list('list')], (items, call) => {
    pay(items, call);
    return items.toReversed();
  }),
  define('index of', [list('list'), any('match')], (items, match, call) =>
    indexesOf(items, match, call).map((index) => new Decimal(index + 1)),
  ),
  define('union', [listOrItems('list')], (lists, call) => distinct(concatenate(lists, call), call)),
  define('distinct values', [list('list')], distinct),
  define('flatten', [list('list')], flatten),
  define('sort', [list('list'), callable('precedes')], (items, precedes, call) =>
    sortBy(items, (left, right) => precedes.call(call.run, [left, right], call.span) === true, call),
  ),
  define('sort', [list('list')], (items, call) => sortBy(items, null, call)),
  define('partition', [list('list'), number('size')], (items, size, call) => {
    pay(items, call);
    if (!size.isInt() || size.lt(1)) return null;
    const width = Math.min(size.toNumber(), Math.max(1, items.length));
    const count = Math.ceil(items.length / width);
    return Array.from({ length: count }, (_, index) => items.slice(index * width, (index + 1) * width));
  }),
];
