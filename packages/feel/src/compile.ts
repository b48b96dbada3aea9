import { must } from '@orderloom/kernel';
import { calculate, negate, type Operator } from './arithmetic.ts';
import { compileComparison, compileRange } from './compile-comparison.ts';
import { compileFunction, compileInvocation } from './compile-function.ts';
import { compileFilter, compileFor, compileQuantified } from './compile-iteration.ts';
import { numberLiteral, stringLiteral, temporalLiteral } from './literal.ts';
import { children, nameText, refuseDeepNesting, type SyntaxNode } from './parse.ts';
import { member } from './path.ts';
import { warn } from './run.ts';
import { bind, enter, INPUT, resolve, type Evaluate, type Scope } from './scope.ts';
import { isInstance, namedType, typeOfNode } from './type.ts';
import { inside, spanOf, type Place, type Unit } from './unit.ts';
import { contextOf, type Value } from './value.ts';

/** The compiler for one text. */
export function unitOf(
  text: string,
  names: readonly string[] | undefined,
  types: Unit['types'] = namedType,
): Unit {
  const unit: Unit = {
    text,
    types,
    dependencies: new Set(),
    known: names === undefined ? null : new Set(names.map((name) => name.split('.')[0] ?? name)),
    compile: (node, place) => compile(unit, node, place),
  };
  return unit;
}

/** A node as a closure. Everything that the text decides is decided here, once. */
function compile(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  refuseDeepNesting(place.depth);
  const inner = inside(place);
  const parts = children(node);
  const part = (index: number): SyntaxNode => must(parts[index], `part ${index} of ${node.name}`);

  switch (node.name) {
    case 'null':
      return () => null;
    case 'BooleanLiteral':
      return constant(unit.text.slice(node.from, node.to) === 'true');
    case 'NumericLiteral':
      return constant(numberLiteral(node, unit.text));
    case 'StringLiteral':
      return constant(stringLiteral(node, unit.text));
    case 'DateTimeLiteral':
      return part(0).name === 'AtLiteral'
        ? compileTemporal(unit, must(children(part(0))[0], 'the text of a literal'))
        : compileInvocation(unit, node, inner);
    case 'VariableName':
      return compileName(unit, node, place);
    case '?':
      return resolve(INPUT, place.bindings, spanOf(node)).evaluate;
    case 'ParenthesizedExpression':
      return unit.compile(part(1), inner);
    case 'List': {
      const items = parts.slice(1, -1).map((item) => unit.compile(item, inner));
      return (scope) => items.map((item) => item(scope));
    }
    case 'Context':
      return compileContext(unit, node, inner);
    case 'IfExpression': {
      const condition = unit.compile(part(1), inner);
      const consequence = unit.compile(part(3), inner);
      // A chain of `else if` is as long as one likes.
      const alternative = unit.compile(part(5), place);
      return (scope) => (condition(scope) === true ? consequence(scope) : alternative(scope));
    }
    case 'Conjunction':
      return compileLogic(unit, part(0), part(2), place, false);
    case 'Disjunction':
      return compileLogic(unit, part(0), part(2), place, true);
    case 'Comparison':
      return compileComparison(unit, node, place);
    case 'ArithmeticExpression':
      return compileArithmetic(unit, node, place);
    case 'InstanceOfExpression': {
      const value = unit.compile(part(0), place);
      const type = typeOfNode(part(3), unit);
      return (scope) => isInstance(scope.run, value(scope), type);
    }
    case 'PathExpression':
      return compilePath(unit, node, place);
    case 'FilterExpression':
      return compileFilter(unit, node, place);
    case 'ForExpression':
      return compileFor(unit, node, inner);
    case 'QuantifiedExpression':
      return compileQuantified(unit, node, inner);
    case 'FunctionInvocation':
      return compileInvocation(unit, node, inner);
    case 'FunctionDefinition':
      return compileFunction(unit, node, inner);
    case 'SimplePositiveUnaryTest':
      return compileRange(unit, node, inner);
    default:
      throw new Error(`unexpected ${node.name} in the syntax tree`);
  }
}

const constant =
  (value: Value): Evaluate =>
  () =>
    value;

function compileTemporal(unit: Unit, node: SyntaxNode): Evaluate {
  const value = temporalLiteral(node, unit.text);
  if (value !== null) return constant(value);
  const span = spanOf(node);
  return (scope) => warn(scope.run, span, 'The text is not a date, time, date and time or duration.');
}

/** A name in a filter is taken for an entry of the items unless it is a known variable. */
function compileName(unit: Unit, node: SyntaxNode, { bindings }: Place): Evaluate {
  const name = nameText(node, unit.text);
  const { evaluate, origin, filtered } = resolve(name, bindings, spanOf(node));
  const known = unit.known?.has(name) ?? false;
  if (known ? origin !== 'local' : origin === 'variable' && !filtered) unit.dependencies.add(name);
  return evaluate;
}

function compilePath(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const span = spanOf(node);
  const [sourceNode, , nameNode] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
  const name = nameText(nameNode, unit.text);
  const before = new Set(unit.dependencies);
  const source = unit.compile(sourceNode, place);
  extendDependency(unit, before, sourceNode, name);
  return (scope) => member(scope.run, span, source(scope), name);
}

/** `order.total` depends on that entry only, not on the whole order. */
function extendDependency(unit: Unit, before: ReadonlySet<string>, source: SyntaxNode, name: string): void {
  const path = plainPath(unit, source);
  if (path === null || !unit.dependencies.has(path)) return;
  if (!before.has(path)) unit.dependencies.delete(path);
  unit.dependencies.add(`${path}.${name}`);
}

function plainPath(unit: Unit, node: SyntaxNode): string | null {
  if (node.name === 'VariableName') return nameText(node, unit.text);
  if (node.name !== 'PathExpression') return null;
  const [source, , name] = children(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
  const path = plainPath(unit, source);
  return path === null ? null : `${path}.${nameText(name, unit.text)}`;
}

/** Each entry sees those before it; a function sees itself, too. */
function compileContext(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  let { bindings } = place;
  const span = spanOf(node);
  const entries = node.getChildren('ContextEntry').map((entry) => {
    const [keyNode, value] = children(entry) as [SyntaxNode, SyntaxNode];
    const key = must(children(keyNode)[0], 'the name of an entry');
    const name = key.name === 'StringLiteral' ? stringLiteral(key, unit.text) : nameText(key, unit.text);
    const extended = bind(bindings, name);
    const recursive = value.name === 'FunctionDefinition';
    const evaluate = unit.compile(value, { ...place, bindings: recursive ? extended : bindings });
    bindings = extended;
    return { name, evaluate, recursive };
  });
  return (scope) => {
    let inner = scope;
    const values: [string, Value][] = entries.map(({ name, evaluate, recursive }) => {
      const cell: Scope = enter(inner, null);
      cell.value = evaluate(recursive ? cell : inner);
      inner = cell;
      return [name, cell.value];
    });
    if (new Set(values.map(([name]) => name)).size < values.length) {
      return warn(scope.run, span, 'Two entries of the context have the same name.');
    }
    return contextOf(values);
  };
}

/** Three-valued `and` and `or`: one operand may decide, else anything but a boolean makes the result unknown. */
function compileLogic(
  unit: Unit,
  leftNode: SyntaxNode,
  rightNode: SyntaxNode,
  place: Place,
  deciding: boolean,
): Evaluate {
  const left = unit.compile(leftNode, place);
  const right = unit.compile(rightNode, inside(place));
  return (scope) => {
    const first = left(scope);
    if (first === deciding) return deciding;
    const second = right(scope);
    if (second === deciding) return deciding;
    return first === !deciding && second === !deciding ? !deciding : null;
  };
}

function compileArithmetic(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const inner = inside(place);
  const span = spanOf(node);
  const parts = children(node);
  const [first, second, third] = parts as [SyntaxNode, SyntaxNode, SyntaxNode | undefined];
  if (third === undefined) {
    const operand = unit.compile(second, inner);
    if (unit.text[first.from] === '+') return operand;
    return (scope) => negate(scope.run, span, operand(scope));
  }
  const written = unit.text.slice(second.from, second.to);
  const operator = (written === '^' ? '**' : written) as Operator;
  const left = unit.compile(first, place);
  const right = unit.compile(third, inner);
  return (scope) => calculate(operator, scope.run, span, left(scope), right(scope));
}
