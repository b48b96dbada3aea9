import type { Behaviour } from '../behaviour.ts';
import { cancelContent } from '../cancel-element.ts';
import { completeElement } from '../complete-element.ts';
import { endInstance } from '../end-instance.ts';
import { elementOf, type Execution } from '../execution.ts';
import { ROOT } from '../instance.ts';
import { throwError } from '../throw-error.ts';
import { listenTo } from '../waits.ts';
import { visibleVariables } from '../variables.ts';
import { publish } from './publish-message.ts';

export const endEvent: Behaviour<'endEvent'> = {
  run(execution, node, { id, parent }) {
    const { event } = node;
    switch (event.kind) {
      case 'message':
        publish(execution, node, id, event);
        completeElement(execution, id);
        return;
      case 'error':
        throwError(execution, id, {
          code: event.code ?? '',
          message: node.name ?? node.id,
          variables: {},
        });
        return;
      case 'terminate':
        completeElement(execution, id);
        terminate(execution, parent ?? ROOT, node.id);
        return;
      case 'none':
        completeElement(execution, id);
    }
  },
};

/** Ends the scope it is in, and nothing around it (BPMN 2.0.2, 13.5.6). */
function terminate(execution: Execution, scope: string, by: string): void {
  const reason = `terminated by ${by}`;
  if (elementOf(execution, scope).parent === null) endInstance(execution, 'terminated', reason);
  else cancelContent(execution, scope, reason);
}

export const intermediateCatchEvent: Behaviour<'intermediateCatchEvent'> = {
  run(execution, node, { id }) {
    listenTo(execution, node.id, node.event, visibleVariables(execution, id)).open(id);
  },
};

export const intermediateThrowEvent: Behaviour<'intermediateThrowEvent'> = {
  run(execution, node, { id }) {
    if (node.event.kind === 'message') publish(execution, node, id, node.event);
    completeElement(execution, id);
  },
};
