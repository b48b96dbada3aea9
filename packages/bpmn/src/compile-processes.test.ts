import { readFile } from 'node:fs/promises';
import { must } from '@orderloom/kernel';
import { describe, expect, test } from 'vitest';
import { compileProcesses } from './compile-processes.ts';
import { assertDeployable } from './finding.ts';

const document = (content: string, root = '') => `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:orderloom="http://orderloom.dev/schema/bpmn/1.0">
${root}<process id="P" name="A process">${content}</process></definitions>`;

/** start -> (content with the id `it`) -> end */
const around = (it: string, root = '') =>
  document(
    `<startEvent id="start"/>${it}<endEvent id="end"/><sequenceFlow id="f" sourceRef="start" targetRef="it"/><sequenceFlow id="g" sourceRef="it" targetRef="end"/>`,
    root,
  );

async function modelOf(xml: string) {
  const compiled = await compileProcesses(xml);
  assertDeployable(compiled);
  return must(compiled.processes[0], 'a process');
}

async function errorsOf(xml: string): Promise<readonly string[]> {
  const { findings } = await compileProcesses(xml);
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, element }) => (element === null ? rule : `${rule} ${element}`));
}

describe('the model', () => {
  const message =
    '<message id="M" name="paid"><extensionElements><orderloom:subscription correlationKey="=id"/></extensionElements></message>';

  test('keeps what runtime and screens need', async () => {
    const model = await modelOf(
      around(
        `<laneSet id="lanes"><lane id="outer" name="Company"><flowNodeRef>start</flowNodeRef>
           <childLaneSet id="inner"><lane id="sales" name="Sales"><flowNodeRef>it</flowNodeRef></lane></childLaneSet></lane></laneSet>
         <userTask id="it" name="Review order"><extensionElements>
           <orderloom:label lang="zh" text="审核订单"/><orderloom:stage key="reviewed"/>
           <orderloom:assignment candidateGroups="finance"/><orderloom:form key="review-order"/>
           <orderloom:instruction>Look.</orderloom:instruction><orderloom:instruction lang="zh">看。</orderloom:instruction>
         </extensionElements></userTask>`,
      ),
    );
    expect(model).toMatchObject({ id: 'P', name: 'A process', startEvents: { none: 'start' } });
    expect(model.nodeById.get('start')).toMatchObject({ lane: 'Company', stage: null });
    expect(model.nodeById.get('it')).toMatchObject({
      type: 'userTask',
      name: 'Review order',
      labels: { zh: '审核订单' },
      lane: 'Sales',
      stage: 'reviewed',
      form: 'review-order',
      instruction: 'Look.',
      instructions: { zh: '看。' },
      inputs: null,
      due: null,
    });
  });

  test('lists what can start it', async () => {
    const model = await modelOf(
      document(
        `<startEvent id="none"/>
         <startEvent id="byMessage"><messageEventDefinition messageRef="M"/></startEvent>
         <startEvent id="daily"><timerEventDefinition><timeCycle>R/2026-01-01T02:00:00Z/P1D</timeCycle></timerEventDefinition></startEvent>
         <startEvent id="once"><timerEventDefinition><timeDate>2026-06-01T00:00:00Z</timeDate></timerEventDefinition></startEvent>`,
        message,
      ),
    );
    const { none, messages, timers } = model.startEvents;
    expect({ none, messages }).toEqual({
      none: 'none',
      messages: [{ element: 'byMessage', message: 'paid' }],
    });
    const after = new Date('2026-05-31T12:00:00Z');
    expect(timers.map(({ element, nextDue }) => [element, nextDue(after, 'UTC')?.toISOString()])).toEqual([
      ['daily', '2026-06-01T02:00:00.000Z'],
      ['once', '2026-06-01T00:00:00.000Z'],
    ]);
    expect(timers[1]?.nextDue(new Date('2026-06-01T00:00:00Z'), 'UTC')).toBeNull();
  });

  test('a subscription on the element goes before the one on its message', async () => {
    const catching = (extension: string) =>
      around(
        `<intermediateCatchEvent id="it">${extension}<messageEventDefinition messageRef="M"/></intermediateCatchEvent>`,
        message,
      );
    const own = '<extensionElements><orderloom:subscription correlationKey="=other"/></extensionElements>';
    for (const [extension, key] of [
      ['', 'id'],
      [own, 'other'],
    ] as const) {
      const node = (await modelOf(catching(extension))).nodeById.get('it');
      expect(node).toMatchObject({ event: { message: 'paid', correlationKey: { text: key } } });
    }
  });

  test('gives flows without id a name, and knows every element by its scope', async () => {
    const model = await modelOf(
      document(
        `<startEvent id="a"/><subProcess id="sub"><startEvent id="in"/><task id="deep"/><sequenceFlow sourceRef="in" targetRef="deep"/></subProcess><sequenceFlow sourceRef="a" targetRef="sub"/>`,
      ),
    );
    expect(model.flows.map(({ id }) => id)).toEqual(['a->sub', 'in->deep']);
    expect(model.scopes.map(({ nodes }) => nodes.map((index) => model.nodes[index]?.id))).toEqual([
      ['a', 'sub'],
      ['in', 'deep'],
    ]);
  });

  test('the shipped order process may be deployed as it is', async () => {
    const xml = await readFile(new URL('../../templates/order-to-delivery.bpmn', import.meta.url), 'utf8');
    const { processes, findings } = await compileProcesses(xml);
    expect(findings).toEqual([]);
    expect(processes.map(({ id }) => id)).toEqual(['OrderToDelivery']);
  });
});

describe('a document that must not be deployed names the element', () => {
  const service =
    '<serviceTask id="it"><extensionElements><orderloom:task type="a"/></extensionElements></serviceTask>';
  const script = (extension: string, body: string, format = 'feel') =>
    `<scriptTask id="it" scriptFormat="${format}"><extensionElements>${extension}</extensionElements>${body}</scriptTask>`;
  const result = '<orderloom:script result="x"/>';
  const timer = (content: string) =>
    `<intermediateCatchEvent id="it"><timerEventDefinition>${content}</timerEventDefinition></intermediateCatchEvent>`;

  test.for([
    // Elements that come later.
    { xml: around('<inclusiveGateway id="it"/>'), errors: ['not-executable it'] },
    { xml: around('<transaction id="it"/>'), errors: ['not-executable it'] },
    { xml: around('<subProcess id="it" triggeredByEvent="true"/>'), errors: ['not-executable it'] },
    {
      xml: around('<task id="it"><multiInstanceLoopCharacteristics/></task>'),
      errors: ['not-executable it'],
    },
    { xml: around('<task id="it" isForCompensation="true"/>'), errors: ['not-executable it'] },
    {
      xml: around('<intermediateThrowEvent id="it"><signalEventDefinition/></intermediateThrowEvent>'),
      errors: ['not-executable it'],
    },
    { xml: around('<eventBasedGateway id="it" instantiate="true"/>'), errors: ['not-executable it'] },
    // What an element needs to run.
    { xml: around('<serviceTask id="it"/>'), errors: ['serviceTask-incomplete it'] },
    {
      xml: around(service.replace('type="a"', 'type="a" work="sometimes"')),
      errors: ['serviceTask-incomplete it'],
    },
    {
      xml: around(service.replace('type="a"', 'type="a" attempts="0"')),
      errors: ['serviceTask-incomplete it'],
    },
    { xml: around('<sendTask id="it"/>'), errors: ['message-missing it'] },
    { xml: around('<receiveTask id="it"/>'), errors: ['message-missing it'] },
    { xml: around('<callActivity id="it"/>'), errors: ['callActivity-incomplete it'] },
    { xml: around('<businessRuleTask id="it"/>'), errors: ['businessRuleTask-incomplete it'] },
    { xml: around(script(result, '')), errors: ['scriptTask-incomplete it'] },
    { xml: around(script(result, '<script>1</script>', 'javascript')), errors: ['scriptTask-incomplete it'] },
    { xml: around(script('', '<script>1</script>')), errors: ['invalid-variable-name it'] },
    { xml: around(script(result, '<script>1 +</script>')), errors: ['invalid-expression it'] },
    { xml: around('<intermediateCatchEvent id="it"/>'), errors: ['not-executable it'] },
    { xml: around(timer('')), errors: ['timer-missing it'] },
    {
      xml: around(timer('<timeDate>2026-01-01</timeDate><timeDuration>PT1H</timeDuration>')),
      errors: ['timer-missing it'],
    },
    { xml: around(timer('<timeDuration>an hour</timeDuration>')), errors: ['invalid-timer it'] },
    { xml: around(timer('<timeCycle>0 0 * * *</timeCycle>')), errors: ['invalid-timer it'] },
    { xml: around(timer('<timeDuration>=1 +</timeDuration>')), errors: ['invalid-expression it'] },
    // Structure.
    { xml: document('<task id="it"/>'), errors: ['start-missing P'] },
    { xml: document('<startEvent id="a"/><startEvent id="b"/>'), errors: ['several-none-starts P'] },
    { xml: around('<subProcess id="it"><task id="in"/></subProcess>'), errors: ['start-missing it'] },
    {
      xml: around('<exclusiveGateway id="it"/>').replace(
        '<endEvent',
        '<sequenceFlow id="h" sourceRef="it" targetRef="end"/><endEvent',
      ),
      errors: ['condition-missing h', 'condition-missing g'],
    },
    {
      xml: around('<task id="it"/><sequenceFlow id="h" sourceRef="it" targetRef="start"/>'),
      errors: ['flow-misplaced start'],
    },
    { xml: around('<task id="it"/><sequenceFlow id="h" sourceRef="it"/>'), errors: ['flow-open h'] },
    {
      xml: around(
        '<subProcess id="it"><startEvent id="in"/></subProcess><sequenceFlow id="h" sourceRef="in" targetRef="end"/>',
      ),
      errors: ['flow-crosses-scope h'],
    },
    { xml: around('<task id="it" default="f"/>'), errors: ['default-misplaced it'] },
    { xml: around('<eventBasedGateway id="it"/>'), errors: ['event-gateway-target end'] },
    {
      xml: around(
        '<task id="it"/><boundaryEvent id="b" attachedToRef="start"><errorEventDefinition/></boundaryEvent>',
      ),
      errors: ['boundary-misplaced b'],
    },
    {
      xml: around('<task id="it"/><boundaryEvent id="b"><errorEventDefinition/></boundaryEvent>'),
      errors: ['boundaryEvent-incomplete b'],
    },
    {
      xml: around(
        '<task id="it"/><boundaryEvent id="b" attachedToRef="it"><errorEventDefinition/></boundaryEvent><boundaryEvent id="c" attachedToRef="it"><errorEventDefinition/></boundaryEvent>',
      ),
      errors: ['error-caught-twice c'],
    },
    {
      xml: document(
        '<startEvent id="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent>',
      ),
      errors: ['invalid-timer a'],
    },
    { xml: document('<startEvent/>'), errors: ['id-missing'] },
    { xml: document('').replace('<process', '<process isExecutable="false"'), errors: ['no-process'] },
  ])('$errors', async ({ xml, errors }) => {
    expect(await errorsOf(xml)).toEqual(errors);
    await expect(modelOf(xml)).rejects.toMatchObject({
      code: 'BPMN_NOT_DEPLOYABLE',
      fix: expect.any(String),
    });
  });
});

test.for([
  { xml: around('<task id="it"/><task id="lost"/>'), rules: ['implicit-end', 'unreachable'] },
  {
    xml: around(
      '<task id="it"><dataOutputAssociation id="d"><targetRef>it</targetRef></dataOutputAssociation></task>',
    ),
    rules: ['ignored'],
  },
])('what is merely unusual is a warning: $rules', async ({ xml, rules }) => {
  const { findings } = await compileProcesses(xml);
  expect(findings.map(({ rule }) => rule)).toEqual(rules);
  expect(() => assertDeployable({ findings })).not.toThrow();
});
