import { isOrderloomError } from '@orderloom/kernel';
import { compileTests, type Test } from './compile-comparison.ts';
import { unitOf } from './compile.ts';
import { children, parse, type SyntaxNode } from './parse.ts';
import { exhausted, startRun, type FeelEnvironment, type FeelWarning, type Run } from './run.ts';
import { enter, ROOT, type Scope } from './scope.ts';
import { costOf, type Cost, type Place, type Unit } from './unit.ts';
import type { Type } from './type.ts';
import type { Context, Value } from './value.ts';

export interface CompileOptions {
  /** Characters the text may have; 4,096 when absent. */
  readonly maxLength?: number;
  /** What type names stand for after `instance of`; FEEL's own types when absent. */
  readonly types?: (name: string) => Type;
}

/** A compiled expression over typed values, for evaluations that consist of several expressions. */
export interface TypedExpression {
  readonly text: string;
  readonly dependencies: readonly string[];
  readonly cost: Cost;
  evaluate(variables: Context, run: Run): Value;
}

export interface TypedTests {
  readonly text: string;
  readonly dependencies: readonly string[];
  readonly cost: Cost;
  matches(input: Value, variables: Context, run: Run): boolean | null;
}

const TOP: Place = { bindings: ROOT, depth: 0 };

/** As `compileExpression`, with typed values in and out. */
export function compileTypedExpression(
  text: string,
  names?: readonly string[],
  options: CompileOptions = {},
): TypedExpression {
  const node = parse('Expression', text, names ?? [], options.maxLength);
  const unit = unitOf(text, names, options.types);
  const evaluate = unit.compile(node, TOP);
  return {
    text,
    dependencies: [...unit.dependencies],
    cost: costOf(node),
    evaluate: (variables, run) => evaluate(root(variables, run)),
  };
}

/** As `compileUnaryTests`, with typed values in. */
export function compileTypedTests(
  text: string,
  names?: readonly string[],
  options: CompileOptions = {},
): TypedTests {
  const node = parse('UnaryTests', text, names ?? [], options.maxLength);
  const unit = unitOf(text, names, options.types);
  const test = compileTop(unit, node);
  return {
    text,
    dependencies: [...unit.dependencies],
    cost: costOf(node),
    matches: (input, variables, run) => test(enter(root(variables, run), input)),
  };
}

function compileTop(unit: Unit, node: SyntaxNode): Test {
  const [first] = children(node);
  if (first === undefined || first.name === 'Wildcard') return () => true;
  const tests = node.getChild('PositiveUnaryTests')?.getChildren('PositiveUnaryTest') ?? [];
  const test = compileTests(unit, tests, TOP, 'table');
  if (first.name !== 'not') return test;
  return (scope) => {
    const holds = test(scope);
    return holds === null ? null : !holds;
  };
}

const root = (variables: Context, run: Run): Scope => ({ value: variables, parent: null, run });

/** One evaluation from start to result, under one budget. Throws FEEL_BUDGET. */
export function evaluation<T>(
  environment: FeelEnvironment,
  evaluate: (run: Run) => T,
): { value: T; warnings: readonly FeelWarning[] } {
  const run = startRun(environment);
  try {
    return { value: evaluate(run), warnings: run.warnings };
  } catch (error) {
    // The last resort: the limits on height are meant to stop recursion long before the machine does.
    if (!isOrderloomError(error) && error instanceof RangeError) exhausted('it is too deeply recursive');
    throw error;
  }
}
