import type { NodeOf, ProcessModel } from '@orderloom/bpmn';
import { fail } from '@orderloom/kernel';
import type { StartCommand } from './command.ts';
import type { Environment } from './environment.ts';
import { executionOf, type Execution } from './execution.ts';
import { ROOT } from './instance.ts';

/** A new instance with a token at its start event. Throws ENGINE_NO_START. */
export function startInstance(
  model: ProcessModel,
  { businessKey, variables, startEvent, called = false }: StartCommand,
  environment: Environment,
): Execution {
  const start = findStart(model, startEvent);
  const execution = executionOf(
    model,
    {
      process: model.id,
      businessKey,
      called,
      status: 'active',
      counter: 0,
      elements: [{ id: ROOT, element: model.id, parent: null, waits: [], variables: {} }],
    },
    environment,
  );
  execution.events.push({ type: 'instance.started', businessKey, startEvent: start.id });
  execution.tokens.push({ node: start.index, scope: ROOT, flow: null, payload: variables });
  return execution;
}

function findStart(model: ProcessModel, startEvent: string | null): NodeOf<'startEvent'> {
  const node = model.nodes.find(
    (candidate) => candidate.scope === 0 && candidate.id === (startEvent ?? model.startEvents.none),
  );
  if (node?.type === 'startEvent') return node;
  return fail(
    'ENGINE_NO_START',
    startEvent === null
      ? `The process ${model.id} has no none start event: a message or a timer starts it.`
      : `The process ${model.id} has no start event ${startEvent}.`,
    { fix: 'Name one of its start events.' },
  );
}
