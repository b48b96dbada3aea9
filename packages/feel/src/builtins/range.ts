import { compare } from '../compare.ts';
import { isList, isRange, type Range, type Value } from '../value.ts';
import { any, define, type Call, type Signature } from './define.ts';

/**
 * Allen's interval relations (DMN 1.3, table 78). A bound is an edge: its value and on which side of it the
 * interval ends, so that all cases of included and excluded bounds are one comparison. A point is the
 * interval that holds only itself.
 */
interface Edge {
  readonly value: Value;
  /** -1: just before the value (an excluded end); 1: just after it (an excluded start). */
  readonly side: -1 | 0 | 1;
}

interface Interval {
  readonly start: Edge;
  readonly end: Edge;
}

/** Thrown for bounds without an order, and answered with null. */
class Incomparable extends Error {}

function intervalOf(value: Value): Interval {
  if (!isRange(value)) return { start: { value, side: 0 }, end: { value, side: 0 } };
  return {
    start: { value: value.start ?? null, side: value.startIncluded ? 0 : 1 },
    end: { value: value.end ?? null, side: value.endIncluded ? 0 : -1 },
  };
}

function order(left: Edge, right: Edge): number {
  const values = compare(left.value, right.value);
  if (values === null) throw new Incomparable();
  return values === 0 ? left.side - right.side : values;
}

type Relation = (a: Interval, b: Interval) => boolean;

const before: Relation = (a, b) => order(a.end, b.start) < 0;
const meets: Relation = (a, b) => order(a.end, b.start) === 0;
const overlaps: Relation = (a, b) => order(a.end, b.start) >= 0 && order(b.end, a.start) >= 0;
const overlapsBefore: Relation = (a, b) =>
  order(a.start, b.start) < 0 && order(a.end, b.start) >= 0 && order(a.end, b.end) <= 0;
const finishes: Relation = (a, b) => order(a.end, b.end) === 0 && order(a.start, b.start) >= 0;
const includes: Relation = (a, b) => order(a.start, b.start) <= 0 && order(a.end, b.end) >= 0;
const starts: Relation = (a, b) => order(a.start, b.start) === 0 && order(a.end, b.end) <= 0;
const coincides: Relation = (a, b) => order(a.start, b.start) === 0 && order(a.end, b.end) === 0;
const swapped =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a);

type Operands =
  | 'points and ranges'
  | 'ranges'
  | 'point or range in range'
  | 'range with point or range'
  | 'alike';

const ACCEPTS: Record<Operands, (left: boolean, right: boolean) => boolean> = {
  'points and ranges': () => true,
  ranges: (left, right) => left && right,
  'point or range in range': (_left, right) => right,
  'range with point or range': (left) => left,
  alike: (left, right) => left === right,
};

function relation(name: string, operands: Operands, holds: Relation): Signature {
  return define(name, [any('value1'), any('value2')], (first, second, _call: Call) => {
    const [left, right] = [single(first), single(second)];
    if (!ACCEPTS[operands](isRange(left), isRange(right))) return null;
    try {
      return holds(intervalOf(left), intervalOf(right));
    } catch (error) {
      if (error instanceof Incomparable) return null;
      throw error;
    }
  });
}

function single(value: Value): Value | Range {
  return isList(value) && value.length === 1 ? (value[0] as Value) : value;
}

export const RANGE_BUILTINS: readonly Signature[] = [
  relation('before', 'points and ranges', before),
  relation('after', 'points and ranges', swapped(before)),
  relation('meets', 'ranges', meets),
  relation('met by', 'ranges', swapped(meets)),
  relation('overlaps', 'ranges', overlaps),
  relation('overlaps before', 'ranges', overlapsBefore),
  relation('overlaps after', 'ranges', swapped(overlapsBefore)),
  relation('finishes', 'point or range in range', finishes),
  relation('finished by', 'range with point or range', swapped(finishes)),
  relation('includes', 'range with point or range', includes),
  relation('during', 'point or range in range', swapped(includes)),
  relation('starts', 'point or range in range', starts),
  relation('started by', 'range with point or range', swapped(starts)),
  relation('coincides', 'alike', coincides),
];
