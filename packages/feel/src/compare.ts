import { spend, type Run } from './run.ts';
import { instantNanos, utcNanosOfDay, type FeelDateTime, type FeelTime } from './temporal-value.ts';
import { isList, isNumber, typeOf, type Context, type List, type Range, type Value } from './value.ts';

/**
 * FEEL's `=` (DMN 1.3, table 53): null equals only null; values of different types are not comparable,
 * which is null. Lists and contexts are compared element by element, each a step of the budget.
 */
export function equals(run: Run, left: Value, right: Value): boolean | null {
  if (left === null || right === null) return left === right;
  if (isNumber(left)) return isNumber(right) ? left.eq(right) : null;
  if (typeof left !== 'object' || typeof right !== 'object') {
    return typeof left === typeof right ? left === right : null;
  }
  spend(run, 1);
  if (isList(left)) return isList(right) ? equalLists(run, left, right) : null;
  if (isList(right) || isNumber(right)) return null;
  switch (left.kind) {
    case 'context':
      return right.kind === 'context' ? equalContexts(run, left, right) : null;
    case 'range':
      return right.kind === 'range' ? equalRanges(run, left, right) : null;
    case 'function':
      return right.kind === 'function' ? left === right : null;
    default: {
      if (left.kind !== right.kind) return null;
      const order = compare(left, right);
      return order === null ? false : order === 0;
    }
  }
}

function equalLists(run: Run, left: List, right: List): boolean {
  return (
    left.length === right.length &&
    left.every((item, index) => equals(run, item, right[index] as Value) === true)
  );
}

function equalContexts(run: Run, left: Context, right: Context): boolean {
  const names = left.names();
  return (
    names.length === right.names().length &&
    names.every((name) => {
      const other = right.get(name);
      return other !== undefined && equals(run, left.get(name) as Value, other) === true;
    })
  );
}

function equalRanges(run: Run, left: Range, right: Range): boolean {
  return (
    left.startIncluded === right.startIncluded &&
    left.endIncluded === right.endIncluded &&
    equals(run, left.start ?? null, right.start ?? null) === true &&
    equals(run, left.end ?? null, right.end ?? null) === true
  );
}

/** Negative, zero or positive; null when the values have no order between them (DMN 1.3, table 54). */
export function compare(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  if (isNumber(left)) return isNumber(right) ? left.cmp(right) : null;
  if (typeof left === 'string')
    return typeof right === 'string' ? (left === right ? 0 : left < right ? -1 : 1) : null;
  if (typeof left !== 'object' || typeof right !== 'object') return null;
  if (isList(left) || isList(right) || isNumber(right)) return null;
  switch (left.kind) {
    case 'date':
      if (right.kind !== 'date') return null;
      return left.year - right.year || left.month - right.month || left.day - right.day;
    case 'time':
      return right.kind === 'time' ? compareTimes(left, right) : null;
    case 'date and time':
      return right.kind === 'date and time' ? compareDateTimes(left, right) : null;
    case 'years and months duration':
      return right.kind === left.kind ? left.months - right.months : null;
    case 'days and time duration':
      return right.kind === left.kind ? Number(left.nanos - right.nanos) : null;
    default:
      return null;
  }
}

/** A local time and one with a zone have no order. */
function compareTimes(left: FeelTime, right: FeelTime): number | null {
  if ((left.zone === null) !== (right.zone === null)) return null;
  return Number(utcNanosOfDay(left) - utcNanosOfDay(right));
}

function compareDateTimes(left: FeelDateTime, right: FeelDateTime): number | null {
  if ((left.zone === null) !== (right.zone === null)) return null;
  return Number(instantNanos(left) - instantNanos(right));
}

/** Whether the value lies in the interval; null when it cannot be compared with a bound. */
export function contains(range: Range, value: Value): boolean | null {
  const { start, end, startIncluded, endIncluded } = range;
  const above = start === undefined ? 1 : compare(value, start);
  const below = end === undefined ? -1 : compare(value, end);
  if (above === null || below === null) return null;
  return (above > 0 || (above === 0 && startIncluded)) && (below < 0 || (below === 0 && endIncluded));
}

/** The `is` function: the same value of the same type, where equal instants in different zones differ. */
export function identical(run: Run, left: Value, right: Value): boolean {
  if (typeOf(left) !== typeOf(right)) return false;
  const zoned = [left, right].map((value) =>
    value !== null && typeof value === 'object' && 'zone' in value ? JSON.stringify(value.zone) : null,
  );
  return zoned[0] === zoned[1] && equals(run, left, right) === true;
}
