import { Decimal } from '@orderloom/kernel';
import { exhausted, spend, warn, type Run } from './run.ts';
import { formatRange } from './format-value.ts';
import { formatTemporal } from './temporal-value.ts';
import { isList, isNumber, type Context, type Value } from './value.ts';

/** A value as JSON-like data: null, boolean, string, number, array, plain object. Numbers are exact decimals inside; plain JSON numbers outside. */
export type FeelValue =
  | null
  | boolean
  | string
  | number
  | readonly FeelValue[]
  | { readonly [key: string]: FeelValue };

export type FeelVariables = Readonly<Record<string, FeelValue>>;

/** Anything that is not JSON-like (undefined, a function, NaN) is null: no host object gets inside. */
export function fromJson(value: FeelValue): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? new Decimal(value) : null;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value)
        ? value.map(fromJson)
        : contextOfJson(value as { readonly [key: string]: FeelValue });
    default:
      return null;
  }
}

/** Reads entries when they are asked for, so that a condition on one field does not pay for the whole order. */
export function contextOfJson(source: FeelVariables): Context {
  let lists: Map<string, Value> | null = null;
  return {
    kind: 'context',
    names: () => Object.keys(source),
    get(name) {
      if (!Object.hasOwn(source, name)) return undefined;
      const value = source[name] as FeelValue;
      if (!Array.isArray(value)) return fromJson(value);
      lists ??= new Map();
      const known = lists.get(name);
      if (known !== undefined) return known;
      const list = fromJson(value);
      lists.set(name, list);
      return list;
    },
  };
}

const MAX_RESULT_DEPTH = 32;
const WHOLE = { from: 0, to: 0 };

/** Temporal values and ranges become text, functions null. Every element counts against the budget. */
export function toJson(run: Run, value: Value, depth = 0): FeelValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (isNumber(value)) {
    const number = value.toNumber();
    return Number.isFinite(number) ? number : warn(run, WHOLE, 'The number is too large to leave FEEL.');
  }
  if (depth === MAX_RESULT_DEPTH) exhausted(`its result is nested more than ${MAX_RESULT_DEPTH} levels deep`);
  if (isList(value)) {
    spend(run, value.length);
    return value.map((item) => toJson(run, item, depth + 1));
  }
  switch (value.kind) {
    case 'context':
      return entriesToJson(run, value, depth);
    case 'range':
      return formatRange(run, value);
    case 'function':
      return warn(run, WHOLE, 'A function has no value outside of an expression.');
    default:
      return formatTemporal(value);
  }
}

/** Leaves out a key `__proto__`, which careless readers of the result could take for more than data. */
function entriesToJson(run: Run, context: Context, depth: number): FeelValue {
  const names = context.names();
  spend(run, names.length);
  return Object.fromEntries(
    names
      .filter((name) => name !== '__proto__')
      .map((name) => [name, toJson(run, context.get(name) ?? null, depth + 1)]),
  );
}
