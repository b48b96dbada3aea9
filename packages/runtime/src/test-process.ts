/** BPMN for tests: a process is a line of elements, each the text of one, with what hangs off it beside it. */
export interface ProcessText {
  readonly id: string;
  readonly line: readonly string[];
  /** Elements and flows that are not in the line. */
  readonly beside?: readonly string[];
  /** Message name to the FEEL expression of its correlation key, or null for any key. */
  readonly messages?: Readonly<Record<string, string | null>>;
}

export function processXml({ id, line, beside = [], messages = {} }: ProcessText): string {
  const ids = line.map((element) => / id="([^"]+)"/.exec(element)?.[1]);
  const flows = ids.slice(1).map((target, index) => flow(ids[index] ?? '', target ?? ''));
  const declared = Object.entries(messages).map(
    ([name, key]) =>
      `<bpmn:message id="Message_${name}" name="${name}">${
        key === null ? '' : extension(`<orderloom:subscription correlationKey="${key}"/>`)
      }</bpmn:message>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:orderloom="http://orderloom.dev/schema/bpmn/1.0" id="Definitions" targetNamespace="http://orderloom.dev/test">
  ${declared.join('\n  ')}
  <bpmn:error id="Error_REFUSED" name="Refused" errorCode="REFUSED"/>
  <bpmn:process id="${id}" name="${id}" isExecutable="true">
    ${[...line, ...beside, ...flows].join('\n    ')}
  </bpmn:process>
</bpmn:definitions>`;
}

const extension = (content: string) => `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;

export const flow = (source: string, target: string, condition?: string): string =>
  `<bpmn:sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}">${
    condition === undefined ? '' : `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`
  }</bpmn:sequenceFlow>`;

export const start = `<bpmn:startEvent id="Start"/>`;
export const messageStart = (message: string): string =>
  `<bpmn:startEvent id="Start"><bpmn:messageEventDefinition messageRef="Message_${message}"/></bpmn:startEvent>`;
export const timerStart = (cycle: string): string =>
  `<bpmn:startEvent id="Start"><bpmn:timerEventDefinition><bpmn:timeCycle>${cycle}</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>`;
export const end = `<bpmn:endEvent id="End"/>`;
export const endAt = (id: string): string => `<bpmn:endEvent id="${id}"/>`;
export const script = (id: string, result: string, feel: string): string =>
  `<bpmn:scriptTask id="${id}" scriptFormat="feel">${extension(`<orderloom:script result="${result}"/>`)}<bpmn:script>${feel}</bpmn:script></bpmn:scriptTask>`;
export const transactional = (id: string, type: string): string =>
  `<bpmn:serviceTask id="${id}">${extension(`<orderloom:task type="${type}" work="transactional"/>`)}</bpmn:serviceTask>`;
export const external = (id: string, type: string, attempts = 3): string =>
  `<bpmn:serviceTask id="${id}">${extension(`<orderloom:task type="${type}" attempts="${attempts}"/>`)}</bpmn:serviceTask>`;
export const userTask = (id: string): string =>
  `<bpmn:userTask id="${id}">${extension(`<orderloom:assignment candidateGroups="finance,sales"/><orderloom:form key="review"/>`)}</bpmn:userTask>`;
export const rule = (id: string, decision: string, result: string): string =>
  `<bpmn:businessRuleTask id="${id}">${extension(`<orderloom:decision id="${decision}" result="${result}"/>`)}</bpmn:businessRuleTask>`;
export const receive = (id: string, message: string): string =>
  `<bpmn:receiveTask id="${id}" messageRef="Message_${message}"/>`;
export const send = (id: string, message: string, ...variables: readonly string[]): string => {
  const inputs = variables.map((name) => `<orderloom:input source="=${name}" target="${name}"/>`);
  return `<bpmn:sendTask id="${id}" messageRef="Message_${message}">${extension(`<orderloom:mapping>${inputs.join('')}</orderloom:mapping>`)}</bpmn:sendTask>`;
};
export const call = (id: string, process: string): string =>
  `<bpmn:callActivity id="${id}" calledElement="${process}"/>`;
export const waitFor = (id: string, duration: string): string =>
  `<bpmn:intermediateCatchEvent id="${id}"><bpmn:timerEventDefinition><bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`;
export const choice = (id: string, defaultFlow: string): string =>
  `<bpmn:exclusiveGateway id="${id}" default="${defaultFlow}"/>`;
export const timeLimit = (id: string, host: string, duration: string): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"><bpmn:timerEventDefinition><bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
export const onRefusal = (id: string, host: string): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"><bpmn:errorEventDefinition errorRef="Error_REFUSED"/></bpmn:boundaryEvent>`;
