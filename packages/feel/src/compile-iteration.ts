import { Decimal, must } from '@orderloom/kernel';
import { positionOf } from './builtins/list.ts';
import { calculate } from './arithmetic.ts';
import { compare } from './compare.ts';
import { children, nameText, type SyntaxNode } from './parse.ts';
import { exhausted, MAX_RANGE_LENGTH, spend, warn, type Run, type Span } from './run.ts';
import { bind, bindItem, enter, type Bindings, type Evaluate, type Scope } from './scope.ts';
import { nanosDuration, NANOS_PER_DAY } from './temporal-value.ts';
import { inside, mentions, sizeOf, spanOf, type Place, type Unit } from './unit.ts';
import { describeType, isList, isNumber, isRange, type List, type Value } from './value.ts';

/** `list[2]`, `list[-1]`, `list[price > 10]`: an item by its position, or the items the condition is true for. */
export function compileFilter(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const [sourceNode, , filterNode] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
  const source = unit.compile(sourceNode, place);
  const filter = unit.compile(filterNode, inside(place, bindItem(place.bindings)));
  const size = sizeOf(filterNode);
  const span = spanOf(node);
  return (scope) => {
    const value = source(scope);
    if (value === null) return warn(scope.run, span, 'null cannot be filtered.');
    const items = isList(value) ? value : [value];
    const kept: Value[] = [];
    for (const [index, item] of items.entries()) {
      spend(scope.run, size);
      const verdict = filter(enter(scope, item));
      if (index === 0 && isNumber(verdict)) return itemAt(scope.run, span, items, verdict);
      if (verdict === true) kept.push(item);
    }
    // An index into nothing is null, a condition on nothing is nothing.
    return items.length === 0 && isNumber(filter(enter(scope, null))) ? null : kept;
  };
}

function itemAt(run: Run, span: Span, items: List, index: Decimal): Value {
  const position = positionOf(items.length, index);
  if (position === null) return warn(run, span, `There is no item ${index.toString()} in ${items.length}.`);
  return items[position] ?? null;
}

interface Iterator {
  readonly domain: (scope: Scope) => List | null;
}

/** `x in a, y in b`: all combinations, the last varying fastest; a later list may use earlier names. */
function compileIterators(
  unit: Unit,
  node: SyntaxNode,
  place: Place,
): { iterators: Iterator[]; bindings: Bindings } {
  let { bindings } = place;
  const iterators = node.getChildren('InExpression').map((each) => {
    const name = nameText(must(each.getChild('Name'), 'the name of an iteration'), unit.text);
    const range = must(each.getChild('IterationContext'), 'what an iteration is over');
    const iterator = { domain: compileDomain(unit, range, { ...place, bindings }) };
    bindings = bind(bindings, name);
    return iterator;
  });
  return { iterators, bindings };
}

function compileDomain(unit: Unit, node: SyntaxNode, place: Place): Iterator['domain'] {
  const [first, , last] = children(node) as [SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined];
  const start = unit.compile(first, place);
  const span = spanOf(node);
  if (last !== undefined) {
    const end = unit.compile(last, place);
    return (scope) => enumerate(scope.run, span, start(scope), end(scope));
  }
  return (scope) => {
    const value = start(scope);
    if (value === null) return warn(scope.run, span, 'null cannot be iterated over.');
    if (isList(value)) return value;
    if (!isRange(value)) return [value];
    const all =
      (compare(value.start ?? null, value.end ?? null) ?? 1) > 0
        ? warn(scope.run, span, 'The interval is empty.')
        : enumerate(scope.run, span, value.start ?? null, value.end ?? null);
    return all && all.slice(value.startIncluded ? 0 : 1, value.endIncluded ? undefined : -1);
  };
}

/** The whole numbers or days from one to another, upwards or downwards. */
function enumerate(run: Run, span: Span, start: Value, end: Value): List | null {
  const order = compare(start, end);
  const wholeNumbers = isNumber(start) && start.isInt() && isNumber(end) && end.isInt();
  const days = start !== null && typeof start === 'object' && 'kind' in start && start.kind === 'date';
  if (order === null || !(wholeNumbers || days)) {
    return warn(run, span, `There is no sequence from ${describeType(start)} to ${describeType(end)}.`);
  }
  const one = wholeNumbers ? new Decimal(1) : nanosDuration(BigInt(NANOS_PER_DAY));
  const items: Value[] = [start];
  for (let item: Value = start; compare(item, end) !== 0; items.push(item)) {
    if (items.length === MAX_RANGE_LENGTH)
      exhausted(`it counts through more than ${MAX_RANGE_LENGTH} values`);
    spend(run, 1);
    item = calculate(order < 0 ? '+' : '-', run, span, item, one);
  }
  return items;
}

/** Visits every combination until `visit` says to stop; false when something to iterate over was null. */
function visitAll(
  iterators: readonly Iterator[],
  scope: Scope,
  visit: (scope: Scope) => 'continue' | 'stop',
): boolean {
  let stopped = false;
  const descend = (level: number, outer: Scope): boolean => {
    const iterator = iterators[level];
    if (iterator === undefined) {
      stopped = visit(outer) === 'stop';
      return true;
    }
    const items = iterator.domain(outer);
    if (items === null) return false;
    for (const item of items) {
      spend(outer.run, 1);
      if (!descend(level + 1, enter(outer, item))) return false;
      if (stopped) break;
    }
    return true;
  };
  return descend(0, scope);
}

/** `for x in list return ...`; `partial` is the list of the results so far. */
export function compileFor(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const [, domains, , bodyNode] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
  const { iterators, bindings } = compileIterators(unit, domains, place);
  const body = unit.compile(bodyNode, { ...place, bindings: bind(bindings, 'partial') });
  const usesPartial = mentions(bodyNode, unit.text, 'partial');
  const size = sizeOf(bodyNode);
  return (scope) => {
    const results: Value[] = [];
    const complete = visitAll(iterators, scope, (inner) => {
      spend(scope.run, size + (usesPartial ? results.length : 0));
      results.push(body(enter(inner, usesPartial ? [...results] : null)));
      return 'continue';
    });
    return complete ? results : null;
  };
}

/** `some` is an `or` over the combinations, `every` an `and`: three-valued like these. */
export function compileQuantified(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const [quantifier, domains, , bodyNode] = children(node) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
  ];
  const { iterators, bindings } = compileIterators(unit, domains, place);
  const body = unit.compile(bodyNode, { ...place, bindings });
  const deciding = quantifier.name === 'some';
  const size = sizeOf(bodyNode);
  return (scope) => {
    let verdict: boolean | null = !deciding;
    const complete = visitAll(iterators, scope, (inner) => {
      spend(scope.run, size);
      const holds = body(inner);
      if (holds === deciding) verdict = deciding;
      else if (holds !== !deciding) verdict = null;
      return holds === deciding ? 'stop' : 'continue';
    });
    return complete ? verdict : null;
  };
}
