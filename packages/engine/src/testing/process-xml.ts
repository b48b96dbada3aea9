/**
 * A BPMN document with one process `P`, from the XML of its elements (BPMN is the default namespace) and
 * its flows written as `a -> b` or `a -> b if amount > 100`; a flow's id is `a_b`.
 */
export function processXml(elements: string, flows: readonly string[] = [], root = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:orderloom="http://orderloom.dev/schema/bpmn/1.0" targetNamespace="test">
${root}
<process id="P" isExecutable="true">
${elements}
${flowsXml(flows)}
</process>
</definitions>`;
}

export function flowsXml(flows: readonly string[]): string {
  return flows
    .map((flow) => {
      const [, source = '', target = '', condition] = /^(\S+) -> (\S+)(?: if (.+))?$/.exec(flow) ?? [];
      const body =
        condition === undefined ? '' : `<conditionExpression>${text(condition)}</conditionExpression>`;
      return `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${body}</sequenceFlow>`;
    })
    .join('\n');
}

const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const extended = (content: string): string =>
  content === '' ? '' : `<extensionElements>${content}</extensionElements>`;

/** An element with extension elements and further content. */
export function element(type: string, id: string, extensions = '', content = ''): string {
  return `<${type} id="${id}">${extended(extensions)}${content}</${type}>`;
}

export const start = (id = 'start'): string => `<startEvent id="${id}"/>`;
export const end = (id = 'end'): string => `<endEvent id="${id}"/>`;
export const userTask = (id: string, extensions = ''): string => element('userTask', id, extensions);
export const exclusive = (id: string, defaultFlow = ''): string =>
  `<exclusiveGateway id="${id}"${defaultFlow && ` default="${defaultFlow}"`}/>`;
export const parallel = (id: string): string => `<parallelGateway id="${id}"/>`;

export const serviceTask = (id: string, extensions = ''): string =>
  element('serviceTask', id, `<orderloom:task type="test.${id}" work="external"/>${extensions}`);

export const script = (id: string, expression: string, result = id): string =>
  `<scriptTask id="${id}" scriptFormat="feel">${extended(`<orderloom:script result="${result}"/>`)}<script>${text(expression)}</script></scriptTask>`;

export const subProcess = (id: string, elements: string, flows: readonly string[] = []): string =>
  `<subProcess id="${id}">${elements}${flowsXml(flows)}</subProcess>`;

export const message = (name: string, correlationKey = ''): string =>
  element('message', `message_${name}`, subscription(correlationKey)).replace('>', ` name="${name}">`);

export const subscription = (correlationKey: string): string =>
  correlationKey && `<orderloom:subscription correlationKey="${correlationKey}"/>`;

export const onMessage = (name: string): string => `<messageEventDefinition messageRef="message_${name}"/>`;
export const onTimer = (kind: 'Date' | 'Duration' | 'Cycle', value: string): string =>
  `<timerEventDefinition><time${kind}>${text(value)}</time${kind}></timerEventDefinition>`;
/** Without a code: any error. */
export const onError = (code = ''): string => `<errorEventDefinition${code && ` errorRef="error_${code}"`}/>`;
export const error = (code: string): string => `<error id="error_${code}" errorCode="${code}"/>`;

export const catchEvent = (id: string, event: string): string =>
  element('intermediateCatchEvent', id, '', event);

export const boundary = (id: string, host: string, event: string, interrupting = true): string =>
  `<boundaryEvent id="${id}" attachedToRef="${host}" cancelActivity="${interrupting}">${event}</boundaryEvent>`;
