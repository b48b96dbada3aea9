import { contextOfJson, fromJson, toJson, type FeelValue, type FeelVariables } from './json-value.ts';
import type { FeelEnvironment, FeelWarning } from './run.ts';
import {
  compileTypedExpression,
  compileTypedTests,
  evaluation,
  type CompileOptions,
} from './typed-expression.ts';

export interface Expression {
  readonly text: string;
  /** Names of variables the expression reads, as paths: ['order.total', 'customer']. */
  readonly dependencies: readonly string[];
  /**
   * Evaluates against variables. FEEL never throws for data: a wrong type gives null and a warning. Throws
   * FEEL_BUDGET when the step budget is spent.
   */
  evaluate(
    variables: FeelVariables,
    environment: FeelEnvironment,
  ): { value: FeelValue; warnings: readonly FeelWarning[] };
}

export interface UnaryTests {
  readonly text: string;
  readonly dependencies: readonly string[];
  /** Whether the input passes; null when that cannot be told, for example because types differ. Throws as above. */
  matches(
    input: FeelValue,
    variables: FeelVariables,
    environment: FeelEnvironment,
  ): { value: boolean | null; warnings: readonly FeelWarning[] };
}

/**
 * Compiles an expression (DMN 1.3, clause 10.3) once; each evaluation then only runs closures. `names` are
 * the variables known to exist, as paths (`order.net price`): needed for names with blanks or operators.
 *
 * Throws FEEL_SYNTAX, naming the position and the offending text, and FEEL_LIMIT. A leading `=`, as some
 * modellers write it, is the caller's to drop.
 */
export function compileExpression(
  text: string,
  names?: readonly string[],
  options?: CompileOptions,
): Expression {
  const compiled = compileTypedExpression(text, names, options);
  return {
    text,
    dependencies: compiled.dependencies,
    evaluate: (variables, environment) =>
      evaluation(environment, (run) => toJson(run, compiled.evaluate(contextOfJson(variables), run))),
  };
}

/** Compiles the tests of a decision table's cell: `"gold","silver"`, `[1..10]`, `> 5`, `not(...)`, `-`. Throws as above. */
export function compileUnaryTests(
  text: string,
  names?: readonly string[],
  options?: CompileOptions,
): UnaryTests {
  const compiled = compileTypedTests(text, names, options);
  return {
    text,
    dependencies: compiled.dependencies,
    matches: (input, variables, environment) =>
      evaluation(environment, (run) => compiled.matches(fromJson(input), contextOfJson(variables), run)),
  };
}
