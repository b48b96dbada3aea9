import { childOf, extensionOf, extensionsOf, shortType, textOf, type BpmnElement } from './bpmn-element.ts';
import {
  compileFeel,
  compileValue,
  labelsOf,
  nameOf,
  reportError,
  variableName,
  type Compilation,
} from './compilation.ts';
import { compileEvent, compileMessage, notExecutable } from './compile-event.ts';
import type { NodeDetail, NodeType, UserTaskDetail, WorkDefinition } from './process-model.ts';

/** Where other elements have got their index. */
export interface Placement {
  /** Index of the node, or null when it is not executable. */
  nodeIndex(element: BpmnElement): number | null;
  /** Index of the scope inside a sub-process. */
  bodyIndex(subProcess: BpmnElement): number;
}

type Detail<T extends NodeType> = Extract<NodeDetail, { readonly type: T }>;
type NodeCompiler = (
  compilation: Compilation,
  element: BpmnElement,
  placement: Placement,
) => NodeDetail | null;

/** One entry for each executable type of flow node; what is not here is not executable. */
const compilers: Readonly<Record<string, NodeCompiler>> = {
  'bpmn:StartEvent': (compilation, element) => {
    const event = compileEvent(compilation, element, ['none', 'message', 'timer']);
    return event && { type: 'startEvent', event };
  },
  'bpmn:EndEvent': (compilation, element) => {
    const event = compileEvent(compilation, element, ['none', 'message', 'error', 'terminate']);
    return event && { type: 'endEvent', event };
  },
  'bpmn:IntermediateCatchEvent': (compilation, element) => {
    const event = compileEvent(compilation, element, ['message', 'timer']);
    return event && { type: 'intermediateCatchEvent', event };
  },
  'bpmn:IntermediateThrowEvent': (compilation, element) => {
    const event = compileEvent(compilation, element, ['none', 'message']);
    return event && { type: 'intermediateThrowEvent', event };
  },
  'bpmn:BoundaryEvent': compileBoundaryEvent,
  'bpmn:Task': () => ({ type: 'task' }),
  'bpmn:ManualTask': () => ({ type: 'manualTask' }),
  'bpmn:UserTask': compileUserTask,
  'bpmn:ServiceTask': (compilation, element) => {
    const work = compileWork(compilation, element);
    return work && { type: 'serviceTask', work };
  },
  'bpmn:SendTask': compileSendTask,
  'bpmn:ReceiveTask': (compilation, element) => {
    if (element['instantiate'] === true) {
      return notExecutable(compilation, element, 'receiveTask that starts the process');
    }
    const message = compileMessage(compilation, element, childOf(element, 'messageRef'));
    return message && { type: 'receiveTask', message };
  },
  'bpmn:ScriptTask': compileScriptTask,
  'bpmn:BusinessRuleTask': compileBusinessRuleTask,
  'bpmn:CallActivity': (compilation, element) => {
    const process = textOf(element, 'calledElement');
    if (process !== null) return { type: 'callActivity', process };
    return missing(
      compilation,
      element,
      'does not say which process it calls',
      'Set calledElement to the id of a process.',
    );
  },
  'bpmn:SubProcess': (compilation, element, placement) => {
    if (element['triggeredByEvent'] === true) {
      return notExecutable(compilation, element, 'event sub-process');
    }
    return { type: 'subProcess', body: placement.bodyIndex(element) };
  },
  'bpmn:ExclusiveGateway': () => ({ type: 'exclusiveGateway' }),
  'bpmn:ParallelGateway': () => ({ type: 'parallelGateway' }),
  'bpmn:EventBasedGateway': (compilation, element) => {
    if (element['instantiate'] === true) {
      return notExecutable(compilation, element, 'eventBasedGateway that starts the process');
    }
    return { type: 'eventBasedGateway' };
  },
};

/** What the element does when a token arrives; null, with an error reported, when it cannot run. */
export const compileNode: NodeCompiler = (compilation, element, placement) => {
  const compile = compilers[element.$type];
  if (compile === undefined) return notExecutable(compilation, element, shortType(element));
  const loop = childOf(element, 'loopCharacteristics');
  if (loop !== undefined) {
    return notExecutable(compilation, element, `${shortType(element)} with ${shortType(loop)}`);
  }
  if (element['isForCompensation'] === true) {
    return notExecutable(compilation, element, `${shortType(element)} for compensation`);
  }
  return compile(compilation, element, placement);
};

/** The types of sub-process whose inside is compiled. */
export function hasBody(element: BpmnElement): boolean {
  return element.$type === 'bpmn:SubProcess' && element['triggeredByEvent'] !== true;
}

function missing(compilation: Compilation, element: BpmnElement, what: string, fix: string): null {
  return reportError(
    compilation,
    element,
    `${shortType(element)}-incomplete`,
    `${nameOf(element)} ${what}.`,
    fix,
  );
}

function compileBoundaryEvent(
  compilation: Compilation,
  element: BpmnElement,
  placement: Placement,
): Detail<'boundaryEvent'> | null {
  const event = compileEvent(compilation, element, ['message', 'timer', 'error']);
  const host = childOf(element, 'attachedToRef');
  if (host === undefined) {
    return missing(
      compilation,
      element,
      'is not attached to an activity',
      'Set attachedToRef to an activity.',
    );
  }
  const attachedTo = placement.nodeIndex(host);
  if (event === null || attachedTo === null) return null;
  return {
    type: 'boundaryEvent',
    event,
    attachedTo,
    // An error always interrupts (BPMN 2.0.2, table 10.93).
    interrupting: event.kind === 'error' || element['cancelActivity'] !== false,
  };
}

function compileUserTask(compilation: Compilation, element: BpmnElement): UserTaskDetail {
  const assignment = extensionOf(element, 'orderloom:Assignment');
  const instructions = extensionsOf(element, 'orderloom:Instruction');
  return {
    type: 'userTask',
    candidateGroups: compileValue(
      compilation,
      element,
      textOf(assignment, 'candidateGroups'),
      'list of candidate groups',
    ),
    assignee: compileValue(compilation, element, textOf(assignment, 'assignee'), 'assignee'),
    form: textOf(extensionOf(element, 'orderloom:Form'), 'key'),
    due: compileValue(
      compilation,
      element,
      textOf(extensionOf(element, 'orderloom:TimeLimit'), 'due'),
      'time limit',
    ),
    instruction: textOf(
      instructions.find((instruction) => textOf(instruction, 'lang') === null),
      'text',
    ),
    instructions: labelsOf(element, 'orderloom:Instruction'),
  };
}

function compileWork(compilation: Compilation, element: BpmnElement): WorkDefinition | null {
  const task = extensionOf(element, 'orderloom:Task');
  const type = textOf(task, 'type');
  const work = textOf(task, 'work') ?? 'external';
  const attempts = textOf(task, 'attempts');
  if (type === null) {
    return missing(
      compilation,
      element,
      'does not say what does its work',
      'Add <orderloom:task type="..."/> to its extensionElements.',
    );
  }
  if (work !== 'transactional' && work !== 'external') {
    return missing(
      compilation,
      element,
      `has work="${work}", which is neither transactional nor external`,
      'Write work="transactional" or work="external".',
    );
  }
  if (attempts !== null && !/^[1-9]\d?$/.test(attempts)) {
    return missing(
      compilation,
      element,
      `has attempts="${attempts}", which is not a number from 1 to 99`,
      'Write a number such as attempts="3".',
    );
  }
  // Transactional work either happens in its transaction or not at all: there is nothing to attempt again.
  return { type, work, attempts: work === 'transactional' ? 1 : Number(attempts ?? 3) };
}

/** A send task either has its work done by a job or publishes its message. */
function compileSendTask(compilation: Compilation, element: BpmnElement): Detail<'sendTask'> | null {
  if (extensionOf(element, 'orderloom:Task') !== undefined) {
    const work = compileWork(compilation, element);
    return work && { type: 'sendTask', work, message: null };
  }
  const message = compileMessage(compilation, element, childOf(element, 'messageRef'));
  return message && { type: 'sendTask', work: null, message };
}

function compileScriptTask(compilation: Compilation, element: BpmnElement): Detail<'scriptTask'> | null {
  const format = textOf(element, 'scriptFormat');
  if (format !== null && !/(?:^|[/.])(?:x-)?feel$/i.test(format)) {
    return missing(
      compilation,
      element,
      `has a script in ${JSON.stringify(format)}; scripts are FEEL`,
      'Set scriptFormat to feel and write a FEEL expression, or make it a service task.',
    );
  }
  const text = textOf(element, 'script');
  if (text === null) {
    return missing(compilation, element, 'has no script', 'Write a FEEL expression into its script.');
  }
  const script = compileFeel(compilation, element, text, 'script');
  const result = variableName(
    compilation,
    element,
    textOf(extensionOf(element, 'orderloom:Script'), 'result'),
    'result (<orderloom:script result="..."/>)',
  );
  return script === null || result === null ? null : { type: 'scriptTask', script, result };
}

function compileBusinessRuleTask(
  compilation: Compilation,
  element: BpmnElement,
): Detail<'businessRuleTask'> | null {
  const call = extensionOf(element, 'orderloom:Decision');
  const decision = textOf(call, 'id');
  if (decision === null) {
    return missing(
      compilation,
      element,
      'does not say which decision it asks',
      'Add <orderloom:decision id="..." result="..."/> to its extensionElements.',
    );
  }
  const result = variableName(compilation, element, textOf(call, 'result'), 'result of the decision');
  return result === null ? null : { type: 'businessRuleTask', decision, result };
}
