import { BUILTINS } from './builtins.ts';
import { normalizeName } from './parse.ts';
import { warn, type Run, type Span } from './run.ts';
import { isContext, type Context, type Value } from './value.ts';

/**
 * The values names stand for while an expression runs: a chain of cells, innermost first, whose last holds
 * the variables. A name is resolved to "so many cells up" when the expression is compiled.
 */
export interface Scope {
  value: Value;
  readonly parent: Scope | null;
  readonly run: Run;
}

/** A compiled expression. */
export type Evaluate = (scope: Scope) => Value;

/** What the compiler knows of each cell, in the same order. */
export interface Bindings {
  /** The cell's name in its normal form; null for the variables. */
  readonly name: string | null;
  /** A filter's cell: entries of the item are names too, as far as the item has them. */
  readonly filtered: boolean;
  readonly parent: Bindings | null;
}

const ITEM = 'item';
export const INPUT = '?';

export const ROOT: Bindings = { name: null, filtered: false, parent: null };

export function bind(parent: Bindings, name: string): Bindings {
  return { name: normalizeName(name), filtered: false, parent };
}

export function bindItem(parent: Bindings): Bindings {
  return { name: ITEM, filtered: true, parent };
}

export function enter(parent: Scope, value: Value): Scope {
  return { value, parent, run: parent.run };
}

interface Resolution {
  readonly evaluate: Evaluate;
  /** Where the name may come from, besides an entry of a filtered item. */
  readonly origin: 'local' | 'variable' | 'builtin';
  readonly filtered: boolean;
}

/**
 * How to read a name: from the cell of that name; else from the variables; else it is a built-in function.
 * Inside filters, entries of the items go first.
 */
export function resolve(name: string, bindings: Bindings, span: Span): Resolution {
  const normal = normalizeName(name);
  const filters: number[] = [];
  let depth = 0;
  for (let binding = bindings; ; depth++) {
    if (binding.filtered) filters.push(depth);
    if (binding.name === normal) return resolution('local', filters, name, cellAt(depth));
    if (binding.parent === null) break;
    binding = binding.parent;
  }
  const builtin = BUILTINS.get(name);
  const variable = variableAt(depth, name, builtin ?? null, span);
  return resolution(builtin === undefined ? 'variable' : 'builtin', filters, name, variable);
}

function resolution(
  origin: Resolution['origin'],
  filters: readonly number[],
  name: string,
  otherwise: Evaluate,
): Resolution {
  if (filters.length === 0) return { origin, filtered: false, evaluate: otherwise };
  const evaluate: Evaluate = (scope) => {
    for (const depth of filters) {
      const item = cellUp(scope, depth).value;
      const entry = isContext(item) ? entryOf(item, name) : undefined;
      if (entry !== undefined) return entry;
    }
    return otherwise(scope);
  };
  return { origin, filtered: true, evaluate };
}

function cellUp(scope: Scope, depth: number): Scope {
  let cell = scope;
  for (let up = 0; up < depth && cell.parent !== null; up++) cell = cell.parent;
  return cell;
}

function cellAt(depth: number): Evaluate {
  if (depth === 0) return (scope) => scope.value;
  return (scope) => cellUp(scope, depth).value;
}

function variableAt(depth: number, name: string, builtin: Value, span: Span): Evaluate {
  return (scope) => {
    const variables = cellUp(scope, depth).value as Context;
    const value = entryOf(variables, name);
    if (value !== undefined) return value;
    return builtin ?? warn(scope.run, span, `There is no variable ${JSON.stringify(name)}.`);
  };
}

/** The entry of that name, in whatever spelling (`a-b`, `a - b`). */
export function entryOf(context: Context, name: string): Value | undefined {
  const value = context.get(name);
  if (value !== undefined || /^\w*$/.test(name)) return value;
  const normal = normalizeName(name);
  const spelling = context.names().find((other) => normalizeName(other) === normal);
  return spelling === undefined ? undefined : context.get(spelling);
}
