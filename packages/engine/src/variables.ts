import type { Expression, Mapping } from '@orderloom/bpmn';
import type { FeelValue } from '@orderloom/feel';
import type { Variables } from './command.ts';
import { elementOf, update, type Execution } from './execution.ts';
import { ROOT } from './instance.ts';

/** What an element instance sees: its own variables before those of the scopes around it. */
export function visibleVariables(execution: Execution, id: string): Variables {
  const { parent, variables } = elementOf(execution, id);
  if (parent === null) return variables ?? {};
  const outer = visibleVariables(execution, parent);
  return variables === undefined ? outer : { ...outer, ...variables };
}

/** What goes out with an element's job, task or call: what its input mapping gives, else all it sees. */
export function outgoingVariables(execution: Execution, id: string, mapped: boolean): Variables {
  return mapped ? (elementOf(execution, id).variables ?? {}) : visibleVariables(execution, id);
}

/**
 * Sets variables from inside a scope: each in the nearest scope that has it, else in the process. So
 * only an input mapping makes a variable local.
 */
export function assignVariables(execution: Execution, scope: string, variables: Variables): void {
  const names = Object.keys(variables);
  if (names.length === 0) return;
  for (const [owner, owned] of Map.groupBy(names, (name) => ownerOf(execution, scope, name))) {
    const values = Object.fromEntries(owned.map((name) => [name, variables[name] as FeelValue]));
    update(execution, owner, { variables: { ...elementOf(execution, owner).variables, ...values } });
    execution.events.push({ type: 'variables.set', scope: owner, names: owned });
  }
}

function ownerOf(execution: Execution, scope: string, name: string): string {
  const { parent, variables } = elementOf(execution, scope);
  if (parent === null) return ROOT;
  return variables !== undefined && Object.hasOwn(variables, name) ? scope : ownerOf(execution, parent, name);
}

/** Each mapping sees the variables and what the mappings before it gave. */
export function mapVariables(
  execution: Execution,
  mappings: readonly Mapping[],
  variables: Variables,
): Variables {
  const mapped: Record<string, FeelValue> = {};
  for (const { source, target } of mappings) {
    mapped[target] = evaluate(execution, source, { ...variables, ...mapped });
  }
  return mapped;
}

/** Throws FEEL_BUDGET. */
export function evaluate(execution: Execution, expression: Expression, variables: Variables): FeelValue {
  return expression.evaluate(variables, execution.environment).value;
}
