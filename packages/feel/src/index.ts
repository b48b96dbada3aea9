export { FEEL_ERRORS, type FeelErrorCode } from './errors.ts';
export { compileExpression, compileUnaryTests, type Expression, type UnaryTests } from './expression.ts';
export type { FeelValue, FeelVariables } from './json-value.ts';
export type { FeelEnvironment, FeelWarning } from './run.ts';
export { addDuration, toDurationMs, toInstant } from './temporal.ts';
