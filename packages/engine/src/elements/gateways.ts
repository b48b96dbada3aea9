import type { NodeOf } from '@orderloom/bpmn';
import type { Behaviour } from '../behaviour.ts';
import { elementOf, flowAt, nodeAt, update, type Execution, type Token } from '../execution.ts';
import { visibleVariables } from '../variables.ts';
import { listenTo } from '../waits.ts';
import { passThrough } from './pass-through.ts';

// The exclusive gateway only chooses. How they all choose among their outgoing flows is in `choose-flows.ts`.

export const parallelGateway: Behaviour<'parallelGateway'> = {
  admit: (execution, node, token) => node.incoming.length < 2 || join(execution, node, token),
  ...passThrough,
};

/**
 * Takes one token from every incoming flow when each has one (BPMN 2.0.2, 13.4.1). Several tokens on
 * one flow do not stand in for another: the surplus waits for its own turn.
 */
function join(execution: Execution, node: NodeOf<'parallelGateway'>, { scope, flow }: Token): boolean {
  const arrivals = [...(elementOf(execution, scope).arrivals ?? [])];
  if (flow !== null) arrivals.push(flowAt(execution, flow).id);
  const places = node.incoming.map((index) => arrivals.indexOf(flowAt(execution, index).id));
  const complete = places.every((place) => place >= 0);
  const waiting = complete ? arrivals.filter((_, place) => !places.includes(place)) : arrivals;
  update(execution, scope, { arrivals: waiting.length === 0 ? undefined : waiting });
  execution.touched.add(scope);
  return complete;
}

/** Listens to all events behind it; the first that happens is the way (BPMN 2.0.2, 13.4.4). */
export const eventBasedGateway: Behaviour<'eventBasedGateway'> = {
  run(execution, node, { id }) {
    const variables = visibleVariables(execution, id);
    const listeners = node.outgoing.flatMap((index) => {
      const target = nodeAt(execution, flowAt(execution, index).target);
      const event =
        target.type === 'receiveTask'
          ? target.message
          : target.type === 'intermediateCatchEvent'
            ? target.event
            : null;
      return event === null ? [] : [listenTo(execution, target.id, event, variables)];
    });
    for (const listener of listeners) listener.open(id);
  },
};
