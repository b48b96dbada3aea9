import { describe, expect, test } from 'vitest';
import {
  element,
  end,
  message,
  processXml,
  script,
  serviceTask,
  start,
  subscription,
  userTask,
} from '../testing/process-xml.ts';
import { effectsOf, environmentAt, NOW, ProcessRun, deploy, startProcess } from '../testing/process-run.ts';

/** start, the given element as `it`, end. */
const around = (it: string, root = '') =>
  processXml(start() + it + end(), ['start -> it', 'it -> end'], root);

const mapping = (content: string) => `<orderloom:mapping>${content}</orderloom:mapping>`;

describe('service task', () => {
  test('offers a job and keeps its result', async () => {
    const run = await startProcess(around(serviceTask('it')), { order: { id: 1 } });
    expect(run.effects).toEqual([
      {
        kind: 'openJob',
        id: expect.any(String),
        element: 'it',
        type: 'test.it',
        work: 'external',
        attempts: 3,
        variables: { order: { id: 1 } },
      },
    ]);
    const { effects } = run.completeJob('it', { booked: true });
    expect(effects.map(({ kind }) => kind)).toEqual(['closeJob', 'end']);
    expect(run.variables).toEqual({ order: { id: 1 }, booked: true });
  });

  test('sees only what its input mapping gives, and gives only what its output mapping takes', async () => {
    const mapped = mapping(
      '<orderloom:input source="=order.id" target="orderId"/><orderloom:input source="fast" target="service"/>' +
        '<orderloom:output source="=label.url" target="labelUrl"/>',
    );
    const run = await startProcess(around(serviceTask('it', mapped)), { order: { id: 1 } });
    expect(effectsOf(run, 'openJob')[0]?.variables).toEqual({ orderId: 1, service: 'fast' });
    run.completeJob('it', { label: { url: 'u' }, cost: 3 });
    expect(run.variables).toEqual({ order: { id: 1 }, labelUrl: 'u' });
  });

  test('a job that failed is an incident; it is offered again under its own id', async () => {
    const run = await startProcess(around(serviceTask('it')));
    const before = run.idOf('job', 'it');
    const { effects } = run.failJob('it', 'CARRIER_DOWN');
    expect(effects.map(({ kind }) => kind)).toEqual(['closeJob', 'raiseIncident']);
    expect(run.waits).toEqual([]);
    expect(run.incidents).toEqual(['CARRIER_DOWN it']);
    run.retry();
    expect(run.waits).toEqual(['job it']);
    expect(run.idOf('job', 'it')).toBe(before);
    run.completeJob('it');
    expect(run.instance.status).toBe('completed');
  });

  test('a result that cannot be mapped does not make the work be done again', async () => {
    const endless = mapping(
      '<orderloom:output source="=for i in 1..9999 return for j in 1..9999 return i" target="x"/>',
    );
    const run = await startProcess(around(serviceTask('it', endless)));
    run.completeJob('it', { done: true });
    expect(run.incidents).toEqual(['FEEL_BUDGET it']);
    run.retry();
    expect(run.waits).toEqual([]);
    expect(run.incidents).toEqual(['FEEL_BUDGET it']);
  });
});

describe('user task', () => {
  test('opens with everything a person needs', async () => {
    const xml = around(
      userTask(
        'it',
        '<orderloom:assignment candidateGroups="finance, operations" assignee="=order.owner"/>' +
          '<orderloom:form key="review-order"/><orderloom:timeLimit due="PT1H"/>',
      ),
    );
    const run = await startProcess(xml, { order: { owner: 'kim' } });
    expect(effectsOf(run, 'openTask')).toEqual([
      {
        kind: 'openTask',
        id: expect.any(String),
        element: 'it',
        name: 'it',
        candidateGroups: ['finance', 'operations'],
        assignee: 'kim',
        form: 'review-order',
        dueAt: '2026-03-02T10:00:00.000Z',
        variables: { order: { owner: 'kim' } },
      },
    ]);
    const { effects } = run.completeTask('it', { approved: true });
    expect(effects[0]).toEqual({ kind: 'closeTask', id: expect.any(String), reason: 'completed' });
    expect(run.variables).toEqual({ order: { owner: 'kim' }, approved: true });
  });

  test.for([
    { due: '=due', dueAt: '2026-12-24T18:00:00.000Z' },
    { due: '=missing', dueAt: null },
    { due: '2026-05-01T00:00:00Z', dueAt: '2026-05-01T00:00:00.000Z' },
  ])('time limit $due', async ({ due, dueAt }) => {
    const xml = around(userTask('it', `<orderloom:timeLimit due="${due}"/>`));
    const run = await startProcess(xml, { due: '2026-12-24T18:00:00Z' });
    expect(effectsOf(run, 'openTask')[0]?.dueAt).toBe(dueAt);
  });

  test.for([
    { extension: '<orderloom:timeLimit due="=1"/>', code: 'DUE_DATE' },
    { extension: '<orderloom:timeLimit due="soon"/>', code: 'DUE_DATE' },
    { extension: '<orderloom:assignment assignee="=1"/>', code: 'CANDIDATES' },
    { extension: '<orderloom:assignment candidateGroups="=[1]"/>', code: 'CANDIDATES' },
  ])('$extension is an incident and opens nothing', async ({ extension, code }) => {
    const run = await startProcess(around(userTask('it', extension)));
    expect(run.incidents).toEqual([`${code} it`]);
    expect(run.waits).toEqual([]);
  });

  test('candidate groups may be a list', async () => {
    const run = await startProcess(
      around(userTask('it', '<orderloom:assignment candidateGroups="=groups"/>')),
      { groups: ['a', 'b'] },
    );
    expect(effectsOf(run, 'openTask')[0]?.candidateGroups).toEqual(['a', 'b']);
  });
});

test.for(['task', 'manualTask'])('%s passes', async (type) => {
  const run = await startProcess(around(element(type, 'it')));
  expect(run.completed).toEqual(['start', 'it', 'end']);
});

describe('script task', () => {
  test('keeps the value of its expression, in one step with what follows', async () => {
    const xml = processXml(start() + script('sum', '=a + b') + script('twice', 'sum * 2') + end(), [
      'start -> sum',
      'sum -> twice',
      'twice -> end',
    ]);
    const run = await startProcess(xml, { a: 1, b: 2 });
    expect(run.variables).toEqual({ a: 1, b: 2, sum: 3, twice: 6 });
    expect(run.instance.status).toBe('completed');
  });

  test('an expression without end is an incident', async () => {
    const run = await startProcess(around(script('it', 'for i in 1..9999 return for j in 1..9999 return i')));
    expect(run.incidents).toEqual(['FEEL_BUDGET it']);
  });
});

describe('business rule task', () => {
  const xml = around(element('businessRuleTask', 'it', '<orderloom:decision id="review" result="outcome"/>'));

  test('asks the decision and records why', async () => {
    const run = new ProcessRun(await deploy(xml));
    run.environment = environmentAt(NOW, {
      review: {
        evaluate: (variables) => ({
          value: { manual: variables['total'] === 5 },
          explanation: { matched: [2] } as never,
        }),
      },
    });
    run.start({ total: 5 });
    expect(run.variables).toEqual({ total: 5, outcome: { manual: true } });
    expect(run.events).toContainEqual({
      type: 'decision.evaluated',
      element: 'it',
      decision: 'review',
      explanation: { matched: [2] },
    });
  });

  test('a decision that is not deployed is an incident', async () => {
    expect((await startProcess(xml)).incidents).toEqual(['DECISION_NOT_FOUND it']);
  });
});

describe('send and receive task', () => {
  test('a send task publishes its message and passes; it carries what is mapped', async () => {
    const extensions =
      subscription('=order.id') + mapping('<orderloom:input source="=order.total" target="total"/>');
    const send = element('sendTask', 'it', extensions).replace('>', ' messageRef="message_invoice">');
    const run = await startProcess(around(send, message('invoice')), { order: { id: 'A1', total: 5 } });
    expect(effectsOf(run, 'publishMessage')).toEqual([
      {
        kind: 'publishMessage',
        element: 'it',
        message: 'invoice',
        correlationKey: 'A1',
        variables: { total: 5 },
      },
    ]);
    expect(run.instance.status).toBe('completed');
  });

  test('a send task with a task definition is a job', async () => {
    const send = element('sendTask', 'it', '<orderloom:task type="mail.send" work="external" attempts="7"/>');
    const run = await startProcess(around(send));
    expect(effectsOf(run, 'openJob')).toMatchObject([{ type: 'mail.send', attempts: 7 }]);
  });

  const receive = element('receiveTask', 'it').replace('>', ' messageRef="message_paid">');

  test('a receive task waits for its message', async () => {
    const run = await startProcess(around(receive, message('paid', '=id')), { id: 'A1' });
    expect(run.waits).toEqual(['subscription it']);
    run.correlate('it', { paid: true });
    expect(run.variables).toEqual({ id: 'A1', paid: true });
    expect(run.instance.status).toBe('completed');
  });

  test.for([{ id: null }, { id: '' }, { id: { a: 1 } }])(
    'a correlation key that is no name is an incident: %j',
    async (variables) => {
      const run = await startProcess(around(receive, message('paid', '=id')), variables);
      expect(run.incidents).toEqual(['CORRELATION_KEY it']);
      run.apply({ kind: 'setVariables', variables: { id: 'A1' } });
      run.retry();
      expect(effectsOf(run, 'openSubscription')).toMatchObject([{ correlationKey: 'A1' }]);
    },
  );
});
