import type { NodeType, ProcessNode } from '@orderloom/bpmn';
import type { Behaviour, Behaviours } from './behaviour.ts';
import { callActivity } from './elements/call-activity.ts';
import { endEvent, intermediateCatchEvent, intermediateThrowEvent } from './elements/events.ts';
import { eventBasedGateway, parallelGateway } from './elements/gateways.ts';
import { businessRuleTask, scriptTask } from './elements/inline-tasks.ts';
import { passThrough } from './elements/pass-through.ts';
import { receiveTask, sendTask, serviceTask } from './elements/tasks.ts';
import { subProcess } from './elements/sub-process.ts';
import { userTask } from './elements/user-task.ts';

const behaviours: Behaviours = {
  startEvent: passThrough,
  endEvent,
  intermediateCatchEvent,
  intermediateThrowEvent,
  boundaryEvent: passThrough,
  task: passThrough,
  manualTask: passThrough,
  userTask,
  serviceTask,
  sendTask,
  receiveTask,
  scriptTask,
  businessRuleTask,
  callActivity,
  subProcess,
  exclusiveGateway: passThrough,
  parallelGateway,
  eventBasedGateway,
};

export function behaviourOf(node: ProcessNode): Behaviour<NodeType> {
  return behaviours[node.type] as Behaviour<NodeType>;
}
