import type { ProcessNode, WorkDefinition } from '@orderloom/bpmn';
import type { Behaviour } from '../behaviour.ts';
import { completeElement } from '../complete-element.ts';
import { elementOf, nextId, update, type Execution } from '../execution.ts';
import { outgoingVariables, visibleVariables } from '../variables.ts';
import { addWait, listenTo } from '../waits.ts';
import { publish } from './publish-message.ts';

export const serviceTask: Behaviour<'serviceTask'> = {
  run: (execution, node, { id }) => openJob(execution, node, id, node.work),
};

export const sendTask: Behaviour<'sendTask'> = {
  run(execution, node, { id }) {
    if (node.work !== null) {
      openJob(execution, node, id, node.work);
      return;
    }
    if (node.message !== null) publish(execution, node, id, node.message);
    completeElement(execution, id);
  },
};

export const receiveTask: Behaviour<'receiveTask'> = {
  run(execution, node, { id }) {
    listenTo(execution, node.id, node.message, visibleVariables(execution, id)).open(id);
  },
};

function openJob(
  execution: Execution,
  node: ProcessNode,
  owner: string,
  { type, work, attempts }: WorkDefinition,
): void {
  // A job that failed before is the same job: its idempotency key must hold over every attempt.
  const id = elementOf(execution, owner).job ?? nextId(execution);
  update(execution, owner, { job: id });
  addWait(execution, owner, { kind: 'job', id, element: node.id });
  execution.effects.push({
    kind: 'openJob',
    id,
    element: node.id,
    type,
    work,
    attempts,
    variables: outgoingVariables(execution, owner, node.inputs !== null),
  });
}
