import type { z } from 'zod';
import type { Context } from './context.ts';

/** One thing the host can ask of a contribution. Input and output are checked on both sides of the channel. */
export interface Operation {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** `input` has passed its schema by the time this is called. */
  run(input: unknown, ctx: Context): Promise<unknown>;
}

/** What every kind of contribution comes down to: a name, and operations the host can call. */
export interface Contribution {
  readonly kind: string;
  /** Unique within the plugin. */
  readonly id: string;
  readonly title: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Ties a handler to the schemas it was typed by. The context it asks for is the one its plugin declared. */
export function operation<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  run: (input: z.output<I>, ctx: never) => Promise<z.input<O>>,
): Operation {
  return { input, output, run };
}
