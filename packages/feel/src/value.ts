import { Decimal } from '@orderloom/kernel';
import type { Run, Span } from './run.ts';
import type { TemporalValue } from './temporal-value.ts';

/** A value while an expression works on it (DMN 1.3, 10.3.2): exact numbers, typed dates and durations. */
export type Value = null | boolean | string | Decimal | TemporalValue | List | Context | Range | FeelFunction;

export type List = readonly Value[];

/** Named entries; names are data, so `__proto__` is a name like any other. */
export interface Context {
  readonly kind: 'context';
  /** The entry, or undefined when there is none of that name. */
  get(name: string): Value | undefined;
  names(): readonly string[];
}

/** An interval. A bound of `undefined` is open to infinity, as in `> 5`. */
export interface Range {
  readonly kind: 'range';
  readonly start: Value | undefined;
  readonly end: Value | undefined;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
}

export interface FeelFunction {
  readonly kind: 'function';
  /** In the order of positional arguments; null for a function with several signatures. */
  readonly parameters: readonly string[] | null;
  call(run: Run, args: readonly Value[], span: Span): Value;
  callNamed(run: Run, args: ReadonlyMap<string, Value>, span: Span): Value;
}

type TypeName =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'list'
  | 'context'
  | 'range'
  | 'function'
  | TemporalValue['kind'];

export function typeOf(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (value instanceof Decimal) return 'number';
  return isList(value) ? 'list' : value.kind;
}

/** `a number`, `null`: for messages. */
export function describeType(value: Value): string {
  const type = typeOf(value);
  return type === 'null' ? 'null' : `a ${type}`;
}

export function isList(value: Value): value is List {
  return Array.isArray(value);
}

export function isNumber(value: Value): value is Decimal {
  return value instanceof Decimal;
}

export function isContext(value: Value): value is Context {
  return isKind(value, 'context');
}

export function isRange(value: Value): value is Range {
  return isKind(value, 'range');
}

export function isFunction(value: Value): value is FeelFunction {
  return isKind(value, 'function');
}

function isKind(value: Value, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

export function contextOf(entries: Iterable<readonly [string, Value]>): Context {
  const map = new Map(entries);
  return { kind: 'context', get: (name) => map.get(name), names: () => [...map.keys()] };
}

/** FEEL's numbers are IEEE 754 decimal128; what overflows them is no number. */
export function finiteNumber(value: Decimal): Decimal | null {
  return value.isFinite() && value.e <= 6144 ? value : null;
}
