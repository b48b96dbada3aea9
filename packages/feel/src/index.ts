export { FEEL_ERRORS, type FeelErrorCode } from './errors.ts';
export { compileExpression, compileUnaryTests, type Expression, type UnaryTests } from './expression.ts';
export type { FeelValue, FeelVariables } from './json-value.ts';
export type { FeelEnvironment, FeelWarning } from './run.ts';
export { addDuration, toDurationMs, toInstant } from './temporal.ts';

// For what consists of several expressions, such as decisions: typed values, one budget over all of them.
export {
  compileTypedExpression,
  compileTypedTests,
  evaluation,
  type TypedExpression,
  type TypedTests,
} from './typed-expression.ts';
export { functionOf } from './compile-function.ts';
export { conform, readAs } from './conform.ts';
export { contextOfJson, toJson } from './json-value.ts';
export type { Run } from './run.ts';
export type { Cost } from './unit.ts';
export { ANY, namedType, type Type } from './type.ts';
export { contextOf, isFunction, type Context, type Value } from './value.ts';
