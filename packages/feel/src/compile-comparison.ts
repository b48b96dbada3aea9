import { must } from '@orderloom/kernel';
import { compare, contains, equals } from './compare.ts';
import { children, type SyntaxNode } from './parse.ts';
import { spend, warn, type Run } from './run.ts';
import { bind, enter, INPUT, type Evaluate, type Scope } from './scope.ts';
import { inside, mentions, spanOf, type Place, type Unit } from './unit.ts';
import { describeType, isList, isRange, type Range, type Value } from './value.ts';

type Comparison = (run: Run, left: Value, right: Value) => boolean | null;

const ordered =
  (holds: (order: number) => boolean): Comparison =>
  (_run, left, right) => {
    const order = compare(left, right);
    return order === null ? null : holds(order);
  };

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['=', equals],
  [
    '!=',
    (run, left, right) => {
      const equal = equals(run, left, right);
      return equal === null ? null : !equal;
    },
  ],
  ['<', ordered((order) => order < 0)],
  ['<=', ordered((order) => order <= 0)],
  ['>', ordered((order) => order > 0)],
  ['>=', ordered((order) => order >= 0)],
]);

function comparisonOf(unit: Unit, operator: SyntaxNode): Comparison {
  return must(COMPARISONS.get(unit.text.slice(operator.from, operator.to)), 'a comparison operator');
}

export function compileComparison(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const [leftNode, operator, ...rest] = children(node) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    ...SyntaxNode[],
  ];
  const left = unit.compile(leftNode, place);
  const span = spanOf(node);
  const incomparable = (scope: Scope, first: Value, second: Value): null =>
    warn(scope.run, span, `${describeType(first)} cannot be compared with ${describeType(second)}.`);

  if (operator.name === 'in') {
    const tests =
      rest[0].name === '(' ? must(rest[1], 'the tests of `in`').getChildren('PositiveUnaryTest') : [rest[0]];
    const test = compileTests(unit, tests, place, 'in');
    return (scope) => test(enter(scope, left(scope)));
  }
  if (operator.name === 'between') {
    const low = unit.compile(rest[0], inside(place));
    const high = unit.compile(must(rest[2], 'the upper bound'), inside(place));
    return (scope) => {
      const value = left(scope);
      const bounds: Range = {
        kind: 'range',
        start: low(scope),
        end: high(scope),
        startIncluded: true,
        endIncluded: true,
      };
      return contains(bounds, value) ?? incomparable(scope, value, bounds.start ?? null);
    };
  }
  const decide = comparisonOf(unit, operator);
  const right = unit.compile(rest[0], inside(place));
  return (scope) => {
    const first = left(scope);
    const second = right(scope);
    return decide(scope.run, first, second) ?? incomparable(scope, first, second);
  };
}

/** An interval, or a comparison that stands for one: `(> 5)` is everything above 5. */
export function compileRange(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const [first, second] = children(node) as [SyntaxNode, SyntaxNode | undefined];
  if (second !== undefined) {
    const bound = unit.compile(second, inside(place));
    const operator = unit.text.slice(first.from, first.to);
    return (scope) => halfLine(operator, bound(scope));
  }
  type Five = [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
  const [open, startNode, , endNode, close] = children(first) as Five;
  const start = unit.compile(startNode, inside(place));
  const end = unit.compile(endNode, inside(place));
  const included = { startIncluded: open.name === '[', endIncluded: close.name === ']' };
  const span = spanOf(node);
  return (scope) => {
    const bounds = { start: start(scope), end: end(scope) };
    if (compare(bounds.start, bounds.end) === null) {
      const types = `${describeType(bounds.start)} to ${describeType(bounds.end)}`;
      return warn(scope.run, span, `There is no interval from ${types}.`);
    }
    return { kind: 'range', ...bounds, ...included };
  };
}

function halfLine(operator: string, bound: Value): Value {
  const included = operator.endsWith('=');
  switch (operator) {
    case '<':
    case '<=':
      return { kind: 'range', start: undefined, end: bound, startIncluded: false, endIncluded: included };
    case '>':
    case '>=':
      return { kind: 'range', start: bound, end: undefined, startIncluded: included, endIncluded: false };
    case '=':
      return { kind: 'range', start: bound, end: bound, startIncluded: true, endIncluded: true };
    default:
      return null;
  }
}

export type Test = (scope: Scope) => boolean | null;

/**
 * Tests joined by commas, on the value in the innermost cell: true when one holds. In a decision table an
 * expression that comes to null decides nothing: else it would hold for every input that is missing.
 */
export function compileTests(
  unit: Unit,
  nodes: readonly SyntaxNode[],
  place: Place,
  asked: 'table' | 'in',
): Test {
  const tests = nodes.map((node) =>
    compileTest(unit, must(children(node)[0], 'a test'), inside(place, bind(place.bindings, INPUT)), asked),
  );
  return (scope) => {
    let verdict: boolean | null = false;
    for (const test of tests) {
      const holds = test(scope);
      if (holds === true) return true;
      if (holds === null) verdict = null;
    }
    return verdict;
  };
}

function compileTest(unit: Unit, node: SyntaxNode, place: Place, asked: 'table' | 'in'): Test {
  const [first, second] = children(node);
  if (node.name === 'SimplePositiveUnaryTest' && first !== undefined && second !== undefined) {
    const decide = comparisonOf(unit, first);
    const bound = unit.compile(second, place);
    return (scope) => decide(scope.run, scope.value, bound(scope));
  }
  const expression = unit.compile(node, place);
  if (node.name === 'SimplePositiveUnaryTest') {
    return (scope) => {
      const interval = expression(scope);
      return interval === null ? null : holdsFor(scope.run, scope.value, interval);
    };
  }
  if (mentions(node, unit.text, INPUT)) {
    return (scope) => {
      const holds = expression(scope);
      return typeof holds === 'boolean' ? holds : null;
    };
  }
  if (node.name === 'null') return (scope) => scope.value === null;
  return (scope) => {
    const expected = expression(scope);
    return expected === null && asked === 'table' ? null : holdsFor(scope.run, scope.value, expected);
  };
}

/** Whether a value meets an expected one: equals it, lies in it (a range) or is one of it (a list of such). */
function holdsFor(run: Run, value: Value, expected: Value): boolean | null {
  if (isRange(expected) && !isRange(value)) return contains(expected, value);
  if (isList(expected)) {
    spend(run, expected.length);
    return (
      (isList(value) && equals(run, value, expected) === true) ||
      expected.some((each) => (isRange(each) ? contains(each, value) : equals(run, value, each)) === true)
    );
  }
  // A condition that does not look at the value, such as `customer.known`.
  if (expected === true && typeof value !== 'boolean') return true;
  return equals(run, value, expected);
}
