import { completeElement } from '../complete-element.ts';
import type { Execution } from '../execution.ts';
import type { ElementInstance } from '../instance.ts';

/**
 * Completes as soon as it is entered: events that have already happened, gateways that only choose, and
 * tasks the engine knows nothing about, since nobody would tell it when they are done.
 */
export const passThrough = {
  run: (execution: Execution, _: unknown, { id }: ElementInstance): void => completeElement(execution, id),
};
