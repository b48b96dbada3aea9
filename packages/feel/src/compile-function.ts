import { fail, must } from '@orderloom/kernel';
import { BUILTINS } from './builtins.ts';
import { children, nameText, normalizeName, type SyntaxNode } from './parse.ts';
import { descend, spend, warn, type Run, type Span } from './run.ts';
import { bind, enter, resolve, type Evaluate, type Scope } from './scope.ts';
import { conform } from './conform.ts';
import { ANY, typeOfNode, type Type } from './type.ts';
import { costOf, inside, spanOf, type Cost, type Place, type Unit } from './unit.ts';
import { describeType, isFunction, type FeelFunction, type Value } from './value.ts';

/** `f(1, 2)` and `f(a: 1, b: 2)`. */
export function compileInvocation(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const calleeNode = must(children(node)[0], 'what is called');
  const callee = compileCallee(unit, calleeNode, place);
  const span = spanOf(node);
  const named = node.getChild('NamedParameters');
  if (named !== null) {
    const args = named.getChildren('NamedParameter').map((each) => {
      const [name, value] = children(each) as [SyntaxNode, SyntaxNode];
      return [nameText(name, unit.text), unit.compile(value, inside(place))] as const;
    });
    return (scope) => {
      const values = new Map(args.map(([name, argument]) => [name, argument(scope)]));
      const target = callee(scope);
      spend(scope.run, 1);
      return isFunction(target)
        ? target.callNamed(scope.run, values, span)
        : notCallable(scope.run, span, target);
    };
  }
  const positional = must(node.getChild('PositionalParameters'), 'the arguments');
  const args = children(positional).map((argument) => unit.compile(argument, inside(place)));
  return (scope) => {
    const target = callee(scope);
    spend(scope.run, 1);
    if (!isFunction(target)) return notCallable(scope.run, span, target);
    return target.call(
      scope.run,
      args.map((argument) => argument(scope)),
      span,
    );
  };
}

function notCallable(run: Run, span: Span, target: Value): null {
  return warn(run, span, `${describeType(target)} is called, which is no function.`);
}

/** A variable that happens to be called like a built-in function does not hide it from calls, unless it is a function. */
function compileCallee(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  const isName = ['VariableName', 'DateTimeConstructor', 'SpecialFunctionName'].includes(node.name);
  if (!isName) return unit.compile(node, inside(place));
  const name = nameText(node, unit.text);
  const builtin = BUILTINS.get(name);
  if (builtin === undefined) return unit.compile(node, inside(place));
  const { evaluate } = resolve(name, place.bindings, spanOf(node));
  return (scope) => {
    const value = evaluate(scope);
    return isFunction(value) ? value : builtin;
  };
}

interface FormalParameter {
  readonly name: string;
  readonly type: Type;
}

/** `function(a: number, b) a + b`. */
export function compileFunction(unit: Unit, node: SyntaxNode, place: Place): Evaluate {
  if (node.getChild('external') !== null) {
    fail('FEEL_SYNTAX', 'External functions are not available: expressions have no access to the host.', {
      fix: 'Write the function in FEEL, or do the work in a service task.',
      details: { ...spanOf(node) },
    });
  }
  const formal = node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? [];
  const parameters = formal.map((each): FormalParameter => {
    const type = each.getChild('Type');
    return {
      name: nameText(must(each.getChild('ParameterName'), 'the name of a parameter'), unit.text),
      type: type === null ? ANY : typeOfNode(type, unit),
    };
  });
  const body = must(node.getChild('FunctionBody'), 'the body of a function');
  const bodyNode = must(children(body)[0], 'an expression');
  const bindings = parameters.reduce((outer, { name }) => bind(outer, name), place.bindings);
  const evaluate = unit.compile(bodyNode, inside(place, bindings));
  const cost = costOf(bodyNode);
  return (scope) => closure(parameters, evaluate, scope, cost);
}

/** A function over the cells of the place where it was defined; its arguments become cells of their own. */
function closure(
  parameters: readonly FormalParameter[],
  body: Evaluate,
  definedIn: Scope,
  cost: Cost,
): FeelFunction {
  return functionOf(parameters, cost, (_run, args) =>
    body(args.reduce<Scope>((scope, value) => enter(scope, value), definedIn)),
  );
}

/** A function with typed parameters, called by position or by name. */
export function functionOf(
  parameters: readonly FormalParameter[],
  cost: Cost,
  body: (run: Run, args: readonly Value[]) => Value,
): FeelFunction {
  const names = parameters.map(({ name }) => name);
  const call = (run: Run, args: readonly Value[], span: Span): Value => {
    if (args.length !== parameters.length) {
      return warn(run, span, `The function takes ${parameters.length} arguments, not ${args.length}.`);
    }
    const values: Value[] = [];
    for (const [index, { name, type }] of parameters.entries()) {
      const argument = args[index] as Value;
      const value = conform(run, argument, type);
      if (value === undefined) {
        return warn(run, span, `The argument ${name} cannot be ${describeType(argument)}.`);
      }
      values.push(value);
    }
    spend(run, cost.steps);
    return descend(run, cost.levels, () => body(run, values));
  };
  return {
    kind: 'function',
    parameters: names,
    call,
    callNamed(run, args, span) {
      const byName = new Map([...args].map(([name, value]) => [normalizeName(name), value]));
      const values = names.map((name) => byName.get(normalizeName(name)));
      if (args.size !== names.length || values.includes(undefined)) {
        return warn(run, span, `The function takes the arguments ${names.join(', ')}.`);
      }
      return call(run, values as Value[], span);
    },
  };
}
