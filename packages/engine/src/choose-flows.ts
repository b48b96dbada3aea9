import type { NodeType, ProcessNode } from '@orderloom/bpmn';
import { fail } from '@orderloom/kernel';
import type { Variables } from './command.ts';
import { flowAt, type Execution } from './execution.ts';

type Choice = (execution: Execution, node: ProcessNode, variables: Variables) => readonly number[];

/** How a node chooses among its outgoing flows, where that is not the way of activities and events. */
const choices: { readonly [T in NodeType]?: Choice } = {
  exclusiveGateway: chooseFirst,
  parallelGateway: (_, node) => node.outgoing,
  // The event that happens chooses.
  eventBasedGateway: () => [],
};

/**
 * The outgoing flows the token leaves on (BPMN 2.0.2, 13.3 and 13.4). Throws CONDITION_NOT_BOOLEAN for
 * a condition that is neither true nor false, and NO_FLOW when there are flows but none may be taken.
 */
export function chooseFlows(
  execution: Execution,
  node: ProcessNode,
  variables: Variables,
): readonly number[] {
  return (choices[node.type] ?? chooseAll)(execution, node, variables);
}

/** The first flow in the order of the document whose condition holds, else the default flow. */
function chooseFirst(execution: Execution, node: ProcessNode, variables: Variables): readonly number[] {
  for (const index of node.outgoing) {
    if (index !== node.defaultFlow && holds(execution, index, variables)) return [index];
  }
  return defaultOf(node);
}

/** Every flow without a condition or whose condition holds; when there is none, the default flow. */
function chooseAll(execution: Execution, node: ProcessNode, variables: Variables): readonly number[] {
  const taken = node.outgoing.filter(
    (index) => index !== node.defaultFlow && holds(execution, index, variables),
  );
  return taken.length > 0 ? taken : defaultOf(node);
}

function defaultOf(node: ProcessNode): readonly number[] {
  if (node.defaultFlow !== null) return [node.defaultFlow];
  if (node.outgoing.length === 0) return [];
  return fail('NO_FLOW', `No condition after ${node.name ?? node.id} holds, and it has no default flow.`, {
    fix: 'Correct the variables its conditions read, then retry; add a default flow to the model.',
  });
}

function holds(execution: Execution, index: number, variables: Variables): boolean {
  const { id, condition } = flowAt(execution, index);
  if (condition === null) return true;
  const { value, warnings } = condition.evaluate(variables, execution.environment);
  if (typeof value !== 'boolean') {
    const why = warnings[0] === undefined ? '' : ` (${warnings[0].message})`;
    fail(
      'CONDITION_NOT_BOOLEAN',
      `The condition of flow ${id}, ${condition.text}, is ${JSON.stringify(value)}, neither true nor false${why}.`,
      { fix: 'Correct the variables it reads, then retry.' },
    );
  }
  execution.events.push({ type: 'condition.evaluated', flow: id, value });
  return value;
}
