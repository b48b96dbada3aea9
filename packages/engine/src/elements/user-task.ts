import type { Expression, NodeOf } from '@orderloom/bpmn';
import { addDuration, toInstant, type FeelValue } from '@orderloom/feel';
import { fail } from '@orderloom/kernel';
import type { Behaviour } from '../behaviour.ts';
import type { Variables } from '../command.ts';
import { nextId, type Execution } from '../execution.ts';
import { evaluate, outgoingVariables, visibleVariables } from '../variables.ts';
import { addWait } from '../waits.ts';

export const userTask: Behaviour<'userTask'> = {
  run(execution, node, { id: owner }) {
    const variables = visibleVariables(execution, owner);
    const value = (expression: Expression | null): FeelValue =>
      expression === null ? null : evaluate(execution, expression, variables);
    const task = {
      candidateGroups: namesOf(value(node.candidateGroups), node),
      assignee: nameOf(value(node.assignee), node),
      dueAt: dueAtOf(execution, node, variables),
    };
    const id = nextId(execution);
    addWait(execution, owner, { kind: 'task', id, element: node.id });
    execution.effects.push({
      kind: 'openTask',
      id,
      element: node.id,
      name: node.name ?? node.id,
      form: node.form,
      variables: outgoingVariables(execution, owner, node.inputs !== null),
      ...task,
    });
  },
};

function namesOf(value: FeelValue, node: NodeOf<'userTask'>): readonly string[] {
  if (value === null) return [];
  if (typeof value === 'string') {
    return value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  }
  const names: readonly FeelValue[] = Array.isArray(value) ? value : [null];
  return names.map((name) => (typeof name === 'string' ? name : noName('candidate groups', value, node)));
}

function nameOf(value: FeelValue, node: NodeOf<'userTask'>): string | null {
  return value === null || typeof value === 'string' ? value : noName('assignee', value, node);
}

function noName(what: string, value: FeelValue, node: NodeOf<'userTask'>): never {
  fail('CANDIDATES', `The ${what} of ${node.name ?? node.id} came out as ${JSON.stringify(value)}.`, {
    fix: 'Correct the variables the assignment reads, then retry.',
  });
}

/** A time limit is a duration from now or a point in time; without a value there is none. */
function dueAtOf(execution: Execution, node: NodeOf<'userTask'>, variables: Variables): string | null {
  if (node.due === null) return null;
  const { environment } = execution;
  const value = evaluate(execution, node.due, variables);
  if (value === null) return null;
  const due =
    typeof value === 'string' && /^[+-]?P/.test(value)
      ? addDuration(environment.now, value, environment.timeZone)
      : toInstant(value, environment);
  if (due !== null) return due.toISOString();
  return fail('DUE_DATE', `The time limit of ${node.name ?? node.id} came out as ${JSON.stringify(value)}.`, {
    fix: 'Give an ISO 8601 duration such as PT1H, or a date and time.',
  });
}
