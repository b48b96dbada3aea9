import { cancelContent } from './cancel-element.ts';
import type { CallOutcome } from './command.ts';
import { elementOf, type Execution } from './execution.ts';
import { ROOT, type Instance } from './instance.ts';

/** Ends the instance: what is left in it is cancelled, and a caller is told the outcome. */
export function endInstance(
  execution: Execution,
  status: Exclude<Instance['status'], 'active'>,
  reason: string,
  outcome: CallOutcome = { kind: 'completed', variables: elementOf(execution, ROOT).variables ?? {} },
): void {
  cancelContent(execution, ROOT, reason);
  execution.status = status;
  execution.effects.push({ kind: 'end', status, outcome });
  execution.events.push({ type: 'instance.ended', status });
}
