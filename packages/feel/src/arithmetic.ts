import { Decimal } from '@orderloom/kernel';
import { addMonths, type CalendarDay } from './calendar.ts';
import { boundedText, warn, type Run, type Span } from './run.ts';
import {
  addToDateTime,
  dateOf,
  dateTimeOf,
  instantNanos,
  localNanos,
  monthsDuration,
  nanosDuration,
  negateDuration,
  timeOfLocal,
  utcNanosOfDay,
  type FeelDate,
  type FeelDateTime,
  type FeelDuration,
  type FeelTime,
  type MonthsDuration,
  type NanosDuration,
} from './temporal-value.ts';
import { describeType, finiteNumber, isNumber, type Value } from './value.ts';
import { UTC } from './zone.ts';

export type Operator = '+' | '-' | '*' | '/' | '**';

/** What an operator makes of two values; undefined when it is not defined for their types. */
type Operation = (run: Run, left: Value, right: Value) => Value | undefined;

/** Arithmetic (DMN 1.3, tables 55 to 57): null, with a warning, where it is not defined. */
export function calculate(operator: Operator, run: Run, span: Span, left: Value, right: Value): Value {
  const result = OPERATIONS[operator](run, left, right);
  if (result === undefined) {
    const types = `${describeType(left)} and ${describeType(right)}`;
    return warn(run, span, `${operator} is not defined for ${types}.`);
  }
  return result ?? warn(run, span, `${operator} has no result for these values.`);
}

export function negate(run: Run, span: Span, value: Value): Value {
  if (isNumber(value)) return value.neg();
  if (isDuration(value)) return negateDuration(value);
  return warn(run, span, `- is not defined for ${describeType(value)}.`);
}

const OPERATIONS: Record<Operator, Operation> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': (_run, left, right) =>
    isNumber(left) && isNumber(right) ? finiteNumber(Decimal.pow(left, right)) : undefined,
};

function add(run: Run, left: Value, right: Value): Value | undefined {
  if (isNumber(left)) return isNumber(right) ? finiteNumber(left.plus(right)) : undefined;
  if (typeof left === 'string') {
    return typeof right === 'string' ? boundedText(run, left + right) : undefined;
  }
  if (isDuration(right)) return addDuration(left, right);
  return isDuration(left) ? addDuration(right, left) : undefined;
}

function subtract(_run: Run, left: Value, right: Value): Value | undefined {
  if (isNumber(left)) return isNumber(right) ? finiteNumber(left.minus(right)) : undefined;
  if (isDuration(right)) return addDuration(left, negateDuration(right));
  if (isKind(left, 'time') && isKind(right, 'time')) {
    const comparable = (left.zone === null) === (right.zone === null);
    return comparable ? nanosDuration(utcNanosOfDay(left) - utcNanosOfDay(right)) : null;
  }
  const from = midnight(right);
  const to = midnight(left);
  return from && to ? between(from, to) : undefined;
}

function multiply(_run: Run, left: Value, right: Value): Value | undefined {
  if (isNumber(left) && isNumber(right)) return finiteNumber(left.times(right));
  if (isDuration(left) && isNumber(right)) return scaleDuration(left, (amount) => amount.times(right));
  if (isNumber(left) && isDuration(right)) return scaleDuration(right, (amount) => amount.times(left));
  return undefined;
}

function divide(_run: Run, left: Value, right: Value): Value | undefined {
  if (isNumber(right)) {
    if (isNumber(left)) return right.isZero() ? null : finiteNumber(left.div(right));
    if (!isDuration(left)) return undefined;
    return right.isZero() ? null : scaleDuration(left, (amount) => amount.div(right));
  }
  if (!isDuration(left) || !isDuration(right) || left.kind !== right.kind) return undefined;
  const divisor = amountOf(right);
  return divisor.isZero() ? null : finiteNumber(amountOf(left).div(divisor));
}

function isKind<Kind extends 'date' | 'time' | 'date and time'>(
  value: Value,
  kind: Kind,
): value is Extract<FeelDate | FeelTime | FeelDateTime, { kind: Kind }> {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === kind;
}

function isDuration(value: Value): value is FeelDuration {
  return (
    value !== null &&
    typeof value === 'object' &&
    'kind' in value &&
    (value.kind === 'years and months duration' || value.kind === 'days and time duration')
  );
}

/** A date is its midnight in UTC where a date and time is needed (DMN 1.3, 10.3.2.3.6). */
function midnight(value: Value): FeelDateTime | null {
  if (isKind(value, 'date and time')) return value;
  return isKind(value, 'date') ? dateTimeOf(value, { nanos: 0, zone: UTC }) : null;
}

function between(from: FeelDateTime, to: FeelDateTime): NanosDuration | null {
  if ((from.zone === null) !== (to.zone === null)) return null;
  return nanosDuration(
    from.zone === null ? localNanos(to) - localNanos(from) : instantNanos(to) - instantNanos(from),
  );
}

function addDuration(value: Value, duration: FeelDuration): Value | undefined {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return undefined;
  switch (value.kind) {
    case 'date and time':
      return addToDateTime(value, duration);
    case 'date':
      if (duration.kind === 'years and months duration') return dateOf(addMonths(value, duration.months));
      return dateAfter(value, duration);
    case 'time':
      if (duration.kind === 'years and months duration') return undefined;
      return timeOfLocal(BigInt(value.nanos) + duration.nanos, value.zone);
    case 'years and months duration':
      return value.kind === duration.kind ? monthsDuration(value.months + duration.months) : undefined;
    case 'days and time duration':
      return value.kind === duration.kind ? nanosDuration(value.nanos + duration.nanos) : undefined;
    default:
      return undefined;
  }
}

function dateAfter(date: FeelDate, duration: NanosDuration): FeelDate | null {
  const moved = addToDateTime(dateTimeOf(date, { nanos: 0, zone: null }), duration);
  return moved && dateOf(moved.date);
}

function amountOf(duration: FeelDuration): Decimal {
  return new Decimal(
    duration.kind === 'years and months duration' ? duration.months : duration.nanos.toString(),
  );
}

function scaleDuration(duration: FeelDuration, scale: (amount: Decimal) => Decimal): FeelDuration | null {
  const amount = scale(amountOf(duration)).trunc();
  if (!amount.isFinite() || amount.e > 30) return null;
  return duration.kind === 'years and months duration'
    ? monthsDuration(amount.toNumber())
    : nanosDuration(BigInt(amount.toFixed()));
}

/** Whole months from one day to another, towards zero; times of day do not count. */
export function monthsBetween(from: CalendarDay, to: CalendarDay): MonthsDuration | null {
  let months = (to.year - from.year) * 12 + (to.month - from.month);
  if (months > 0 && to.day < from.day) months -= 1;
  if (months < 0 && to.day > from.day) months += 1;
  return monthsDuration(months);
}
