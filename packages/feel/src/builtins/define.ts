import type { Decimal } from '@orderloom/kernel';
import { spend, warn, type Run, type Span } from '../run.ts';
import type { TemporalValue } from '../temporal-value.ts';
import {
  describeType,
  isContext,
  isFunction,
  isList,
  isNumber,
  type Context,
  type FeelFunction,
  type List,
  type Value,
} from '../value.ts';

/** The evaluation a built-in function works in, and where its call stands in the text. */
export interface Call {
  readonly run: Run;
  readonly span: Span;
}

const MISMATCH = Symbol('the argument is of another type');

interface Parameter<T> {
  readonly name: string;
  readonly type: string;
  /** May be left out, or be null; the function sees undefined. */
  readonly optional: boolean;
  /** As the last parameter, takes all arguments that are left as one list; a list alone is that list. */
  readonly variadic: boolean;
  accept(value: Value): T | typeof MISMATCH;
}

type Accepted<Parameters extends readonly Parameter<unknown>[]> = {
  [Key in keyof Parameters]: Parameters[Key] extends Parameter<infer T> ? T : never;
};

/** One signature of a built-in function. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter<unknown>[];
  apply(args: readonly unknown[], call: Call): Value;
}

export function define<const Parameters extends readonly Parameter<unknown>[]>(
  name: string,
  parameters: Parameters,
  apply: (...args: [...Accepted<Parameters>, Call]) => Value,
): Signature {
  return {
    name,
    parameters,
    apply: (args, call) => apply(...([...args, call] as unknown as [...Accepted<Parameters>, Call])),
  };
}

// Parameters by type. A list of one element stands for the element where no list is wanted, and the
// other way round (implicit conversions, DMN 1.3, 10.3.2.9.4).

function parameter<T extends Value>(
  type: string,
  name: string,
  is: (value: Value) => value is T,
): Parameter<T> {
  return {
    name,
    type,
    optional: false,
    variadic: false,
    accept(value) {
      if (is(value)) return value;
      const single = isList(value) && value.length === 1 ? (value[0] as Value) : null;
      return is(single) ? single : MISMATCH;
    },
  };
}

type Kind = TemporalValue['kind'];

function temporal<K extends Kind>(type: string, ...kinds: K[]) {
  const isKind = (value: Value): value is Extract<TemporalValue, { kind: K }> =>
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    kinds.some((kind) => kind === value.kind);
  return (name: string) => parameter(type, name, isKind);
}

export const text = (name: string): Parameter<string> =>
  parameter('string', name, (value) => typeof value === 'string');
export const number = (name: string): Parameter<Decimal> => parameter('number', name, isNumber);
export const context = (name: string): Parameter<Context> => parameter('context', name, isContext);
export const callable = (name: string): Parameter<FeelFunction> => parameter('function', name, isFunction);

export const date = temporal('date', 'date');
export const time = temporal('time', 'time');
export const dateTime = temporal('date and time', 'date and time');
export const dateOrDateTime = temporal('date or date and time', 'date', 'date and time');
export const daysDuration = temporal('days and time duration', 'days and time duration');
export const duration = temporal('duration', 'years and months duration', 'days and time duration');

export const any = (name: string): Parameter<Value> => ({
  name,
  type: 'any',
  optional: false,
  variadic: false,
  accept: (value) => value,
});

export const list = (name: string): Parameter<List> => ({
  name,
  type: 'list',
  optional: false,
  variadic: false,
  accept: (value) => (isList(value) ? value : value === null ? MISMATCH : [value]),
});

export const listOrItems = (name: string): Parameter<List> => ({ ...list(name), variadic: true });

export function optional<T>(inner: Parameter<T>): Parameter<T | undefined> {
  return { ...inner, optional: true, accept: (value) => (value === null ? undefined : inner.accept(value)) };
}

/** A built-in function of one or several signatures; the first that takes the arguments is applied. */
export function builtin(name: string, signatures: readonly Signature[]): FeelFunction {
  const mismatch = (run: Run, span: Span, args: readonly Value[]): null => {
    const accepted = signatures.map((signature) => describe(signature)).join(' or ');
    return warn(run, span, `${accepted} cannot take ${args.map(describeType).join(', ') || 'no argument'}.`);
  };
  return {
    kind: 'function',
    parameters: null,
    call(run, args, span) {
      payForTexts(run, args);
      for (const signature of signatures) {
        const accepted = acceptPositional(signature, args);
        if (accepted !== null) return signature.apply(accepted, { run, span });
      }
      return mismatch(run, span, args);
    },
    callNamed(run, args, span) {
      payForTexts(run, args.values());
      for (const signature of signatures) {
        const accepted = acceptNamed(signature, args);
        if (accepted !== null) return signature.apply(accepted, { run, span });
      }
      return mismatch(run, span, [...args.values()]);
    },
  };
}

/** Whatever a function does with a text, it looks at each character. */
function payForTexts(run: Run, args: Iterable<Value>): void {
  for (const value of args) if (typeof value === 'string') spend(run, value.length >> 6);
}

function acceptPositional({ parameters }: Signature, args: readonly Value[]): unknown[] | null {
  const last = parameters.length - 1;
  if (parameters[last]?.variadic !== true) {
    if (args.length > parameters.length) return null;
    return acceptAll(parameters, (_parameter, index) => args[index]);
  }
  const rest = args.slice(last);
  const alone = last === 0 && rest.length === 1 && isList(rest[0] as Value) ? rest[0] : rest;
  if (rest.length === 0) return null;
  return acceptAll(parameters, (_parameter, index) => (index === last ? alone : args[index]));
}

function acceptNamed({ parameters }: Signature, args: ReadonlyMap<string, Value>): unknown[] | null {
  const known = new Set(parameters.map(({ name }) => name));
  if ([...args.keys()].some((name) => !known.has(name))) return null;
  return acceptAll(parameters, ({ name }) => args.get(name));
}

function acceptAll(
  parameters: readonly Parameter<unknown>[],
  argument: (parameter: Parameter<unknown>, index: number) => Value | undefined,
): unknown[] | null {
  const accepted: unknown[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const value = argument(parameter, index);
    if (value === undefined && !parameter.optional) return null;
    const taken = value === undefined ? undefined : parameter.accept(value);
    if (taken === MISMATCH) return null;
    accepted.push(taken);
  }
  return accepted;
}

function describe({ name, parameters }: Signature): string {
  const list = parameters.map((each) => `${each.name}${each.optional ? '?' : ''}: ${each.type}`);
  return `${name}(${list.join(', ')})`;
}
