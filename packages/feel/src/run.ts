import { fail } from '@orderloom/kernel';

/** Where an evaluation takes its time and its limits from. */
export interface FeelEnvironment {
  readonly now: Date;
  /** IANA zone of `now()`, `today()` and of local times that name no zone; UTC when absent. */
  readonly timeZone?: string;
  /** Steps one evaluation may take; 100,000 when absent. */
  readonly budget?: number;
}

/** Something an expression did that gave null instead of a value, and where in its text. */
export interface FeelWarning {
  readonly message: string;
  /** Offset of the first character, in UTF-16 units. */
  readonly from: number;
  /** Offset after the last character. */
  readonly to: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The state of one evaluation: what it may still spend and what it has complained about. */
export interface Run {
  readonly environment: FeelEnvironment;
  readonly warnings: FeelWarning[];
  remaining: number;
  /** How high the function calls in progress are stacked, in syntax levels. */
  height: number;
}

const DEFAULT_BUDGET = 100_000;
const MAX_HEIGHT = 2_000;
const MAX_WARNINGS = 50;

export const MAX_RANGE_LENGTH = 10_000;
const MAX_STRING_LENGTH = 100_000;

export function startRun(environment: FeelEnvironment): Run {
  return { environment, warnings: [], remaining: environment.budget ?? DEFAULT_BUDGET, height: 0 };
}

/**
 * Takes steps off the budget. Straight-line code costs nothing, since its length is limited; what
 * repeats (loops, calls, functions over lists and strings) pays for the size of what it repeats.
 */
export function spend(run: Run, steps: number): void {
  run.remaining -= steps;
  if (run.remaining < 0) exhausted(`it takes more than ${run.environment.budget ?? DEFAULT_BUDGET} steps`);
}

/** Calls a function body of that many syntax levels, unless the calls in progress are too deep already. */
export function descend<T>(run: Run, levels: number, body: () => T): T {
  run.height += levels;
  if (run.height > MAX_HEIGHT) exhausted('its functions call each other too deeply');
  try {
    return body();
  } finally {
    run.height -= levels;
  }
}

export function boundedText(run: Run, text: string): string {
  if (text.length > MAX_STRING_LENGTH) exhausted(`it builds a text of ${text.length} characters`);
  spend(run, text.length >> 3);
  return text;
}

export function exhausted(reason: string): never {
  fail('FEEL_BUDGET', `The expression was stopped: ${reason}.`, {
    fix: 'Simplify the expression, or work on fewer or smaller values at once.',
  });
}

/** Notes a warning; returns null, which is what FEEL answers in its place. */
export function warn(run: Run, { from, to }: Span, message: string): null {
  if (run.warnings.length < MAX_WARNINGS) run.warnings.push({ message, from, to });
  return null;
}
