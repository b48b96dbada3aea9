import type { z } from 'zod';
import type { Context } from './context.ts';
import { operation, type Contribution } from './contribution.ts';
import type { PluginDefinition } from './plugin-definition.ts';

/** What a plugin author writes for a step of a process. */
export interface ServiceTaskDefinition<
  P extends PluginDefinition,
  I extends z.ZodObject,
  O extends z.ZodObject,
> {
  readonly id: string;
  /** A whole number. Deployed processes pin it; a change of input or output needs a new one. */
  readonly version: number;
  readonly title: string;
  /** The properties of the BPMN element; its form in the editor comes from here. */
  readonly input: I;
  readonly output: O;
  /** The codes `run` may reject with, and what they mean; offered on error boundary events. */
  readonly errors?: Readonly<Record<string, string>>;
  /** How long one try may take; the host's default when absent. */
  readonly timeoutMs?: number;
  run(this: void, input: z.output<I>, ctx: Context<P>): Promise<z.input<O>>;
}

export interface ServiceTask extends Contribution {
  readonly kind: 'service-task';
  readonly version: number;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly errors?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** What `plugin.serviceTask(...)` makes of a definition, with the plugin's context type bound. */
export function serviceTask<P extends PluginDefinition, I extends z.ZodObject, O extends z.ZodObject>(
  definition: ServiceTaskDefinition<P, I, O>,
): ServiceTaskDefinition<P, I, O> & ServiceTask {
  const { input, output } = definition;
  return {
    ...definition,
    kind: 'service-task',
    operations: { run: operation(input, output, definition.run) },
  };
}
