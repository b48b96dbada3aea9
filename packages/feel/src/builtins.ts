import { CONTEXT_BUILTINS } from './builtins/context.ts';
import { builtin } from './builtins/define.ts';
import { LIST_BUILTINS } from './builtins/list.ts';
import { LOGIC_BUILTINS } from './builtins/logic.ts';
import { NUMERIC_BUILTINS } from './builtins/numeric.ts';
import { RANGE_BUILTINS } from './builtins/range.ts';
import { TEMPORAL_BUILTINS } from './builtins/temporal.ts';
import { TEXT_BUILTINS } from './builtins/text.ts';
import type { FeelFunction } from './value.ts';

const signatures = [
  ...LOGIC_BUILTINS,
  ...NUMERIC_BUILTINS,
  ...TEXT_BUILTINS,
  ...LIST_BUILTINS,
  ...CONTEXT_BUILTINS,
  ...TEMPORAL_BUILTINS,
  ...RANGE_BUILTINS,
];

/** Every built-in function (DMN 1.3, 10.3.4) by name. */
export const BUILTINS: ReadonlyMap<string, FeelFunction> = new Map(
  [...Map.groupBy(signatures, ({ name }) => name)].map(([name, own]) => [name, builtin(name, own)]),
);
