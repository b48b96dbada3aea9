import type { MessageEvent, ProcessNode } from '@orderloom/bpmn';
import { elementOf, type Execution } from '../execution.ts';
import { visibleVariables } from '../variables.ts';
import { correlationKeyOf } from '../waits.ts';

/** Sends a message. It carries what the input mapping gives and nothing else: the receiver is somebody else. */
export function publish(execution: Execution, node: ProcessNode, id: string, event: MessageEvent): void {
  execution.effects.push({
    kind: 'publishMessage',
    element: node.id,
    message: event.message,
    correlationKey: correlationKeyOf(execution, event, visibleVariables(execution, id)),
    variables: elementOf(execution, id).variables ?? {},
  });
}
