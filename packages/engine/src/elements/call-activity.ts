import type { Behaviour } from '../behaviour.ts';
import { nextId } from '../execution.ts';
import { outgoingVariables } from '../variables.ts';
import { addWait } from '../waits.ts';

/** The called process is an instance of its own, with the same business key. */
export const callActivity: Behaviour<'callActivity'> = {
  run(execution, node, { id: owner }) {
    const id = nextId(execution);
    addWait(execution, owner, { kind: 'call', id, element: node.id });
    execution.effects.push({
      kind: 'startCall',
      id,
      element: node.id,
      process: node.process,
      businessKey: execution.businessKey,
      variables: outgoingVariables(execution, owner, node.inputs !== null),
    });
  },
};
