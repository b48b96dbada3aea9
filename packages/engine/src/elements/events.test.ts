import { describe, expect, test } from 'vitest';
import {
  catchEvent,
  element,
  end,
  error,
  message,
  onError,
  onMessage,
  onTimer,
  parallel,
  processXml,
  start,
  subProcess,
  userTask,
} from '../testing/process-xml.ts';
import { deploy, effectsOf, ProcessRun, startProcess } from '../testing/process-run.ts';

describe('start event', () => {
  const xml = processXml(
    start() +
      element('startEvent', 'ordered', '', onMessage('ordered')) +
      element('startEvent', 'nightly', '', onTimer('Cycle', 'R/2026-01-01T02:00:00Z/P1D')) +
      userTask('work'),
    ['start -> work', 'ordered -> work', 'nightly -> work'],
    message('ordered'),
  );

  test.for([{ startEvent: null }, { startEvent: 'ordered' }, { startEvent: 'nightly' }])(
    '$startEvent',
    async ({ startEvent }) => {
      const run = new ProcessRun(await deploy(xml)).start({ x: 1 }, { startEvent, businessKey: 'B1' });
      expect(run.events[0]).toEqual({
        type: 'instance.started',
        businessKey: 'B1',
        startEvent: startEvent ?? 'start',
      });
      expect(run.completed).toEqual([startEvent ?? 'start']);
      expect(run.variables).toEqual({ x: 1 });
      expect(run.waits).toEqual(['task work']);
    },
  );

  test('one that does not exist is refused', async () => {
    const run = new ProcessRun(await deploy(xml));
    expect(() => run.start({}, { startEvent: 'work' })).toThrow(/no start event work/);
    const onlyMessage = xml
      .replace('<startEvent id="start"/>', '')
      .replace(/<sequenceFlow id="start_work".*/, '');
    const other = new ProcessRun(await deploy(onlyMessage));
    expect(() => other.start()).toThrow(/no none start event/);
  });

  test('an output mapping takes what it names from a message', async () => {
    const mapped = xml.replace(
      '<startEvent id="ordered">',
      '<startEvent id="ordered"><extensionElements><orderloom:mapping><orderloom:output source="=body.id" target="id"/></orderloom:mapping></extensionElements>',
    );
    const run = new ProcessRun(await deploy(mapped)).start({ body: { id: 7 } }, { startEvent: 'ordered' });
    expect(run.variables).toEqual({ id: 7 });
  });
});

describe('timer', () => {
  const waiting = (event: string) =>
    processXml(start() + catchEvent('it', event) + end(), ['start -> it', 'it -> end']);

  test.for([
    { event: onTimer('Duration', 'PT90M'), dueAt: '2026-03-02T10:30:00.000Z' },
    { event: onTimer('Duration', '=duration("P" + string(days) + "D")'), dueAt: '2026-03-05T09:00:00.000Z' },
    { event: onTimer('Date', '2026-04-01T08:00:00+02:00'), dueAt: '2026-04-01T06:00:00.000Z' },
    { event: onTimer('Date', '=until'), dueAt: '2026-12-31T00:00:00.000Z' },
    { event: onTimer('Cycle', 'R/PT10M'), dueAt: '2026-03-02T09:10:00.000Z' },
  ])('$event is due at $dueAt', async ({ event, dueAt }) => {
    const run = await startProcess(waiting(event), { days: 3, until: '2026-12-31' });
    expect(effectsOf(run, 'openTimer')).toMatchObject([{ element: 'it', dueAt }]);
    const { effects } = run.fireTimer('it');
    expect(effects.map(({ kind }) => kind)).toEqual(['closeTimer', 'end']);
  });

  test.for(['=missing', '=1', '="later"', '="P"'])('%s is an incident', async (value) => {
    const run = await startProcess(waiting(onTimer('Duration', value)));
    expect(run.incidents).toEqual([expect.stringMatching(/^(?:TIMER_VALUE|FEEL_DURATION) it$/)]);
    expect(run.waits).toEqual([]);
  });
});

test('an intermediate message event waits for its message; a throwing one publishes it and passes', async () => {
  const xml = processXml(
    start() +
      element('intermediateThrowEvent', 'tell', '', onMessage('told')) +
      catchEvent('answer', onMessage('answered')) +
      element('endEvent', 'end', '', onMessage('over')),
    ['start -> tell', 'tell -> answer', 'answer -> end'],
    message('told') + message('answered') + message('over'),
  );
  const run = await startProcess(xml, { secret: 1 });
  expect(run.waits).toEqual(['subscription answer']);
  run.correlate('answer', { yes: true });
  expect(effectsOf(run, 'publishMessage')).toMatchObject([
    { message: 'told', correlationKey: null, variables: {} },
    { message: 'over', correlationKey: null, variables: {} },
  ]);
  expect(run.completed).toEqual(['start', 'tell', 'answer', 'end']);
  expect(run.variables).toEqual({ secret: 1, yes: true });
});

describe('end event', () => {
  test('one path ends, the others go on', async () => {
    const xml = processXml(start() + parallel('fork') + userTask('a') + end(), [
      'start -> fork',
      'fork -> a',
      'fork -> end',
    ]);
    const run = await startProcess(xml);
    expect(run.instance.status).toBe('active');
    const { effects, instance } = run.completeTask('a');
    expect(instance.status).toBe('completed');
    expect(effects.at(-1)).toEqual({
      kind: 'end',
      status: 'completed',
      outcome: { kind: 'completed', variables: {} },
    });
    expect(run.events.at(-1)).toEqual({ type: 'instance.ended', status: 'completed' });
  });

  const terminating = (start: string) =>
    `${start}${parallel('fork')}${userTask('a')}${userTask('b')}${parallel('join')}${element('endEvent', 'stop', '', '<terminateEventDefinition/>')}`;
  const flows = ['start -> fork', 'fork -> a', 'fork -> b', 'fork -> join', 'b -> join', 'a -> stop'];

  test('terminate ends the whole process', async () => {
    const run = await startProcess(processXml(terminating(start()), flows), { x: 1 });
    const { effects } = run.completeTask('a');
    expect(effects).toEqual([
      { kind: 'closeTask', id: expect.any(String), reason: 'completed' },
      { kind: 'closeTask', id: expect.any(String), reason: 'cancelled' },
      { kind: 'end', status: 'terminated', outcome: { kind: 'completed', variables: { x: 1 } } },
    ]);
    expect(run.completed).toContain('stop');
    expect(run.instance.elements).toHaveLength(1);
  });

  test('terminate inside a sub-process ends nothing else', async () => {
    const xml = processXml(
      start('begin') + subProcess('sub', terminating(start()), flows) + userTask('after'),
      ['begin -> sub', 'sub -> after'],
    );
    const run = await startProcess(xml);
    run.completeTask('a');
    expect(run.waits).toEqual(['task after']);
    expect(run.incidents).toEqual([]);
  });

  test('terminate also takes tokens away that are still on their way', async () => {
    const inside = `${start()}${parallel('fork')}${element('endEvent', 'stop', '', '<terminateEventDefinition/>')}${userTask('late')}`;
    const flows = ['start -> fork', 'fork -> stop', 'fork -> late'];
    const xml = processXml(start('begin') + subProcess('sub', inside, flows) + userTask('after'), [
      'begin -> sub',
      'sub -> after',
    ]);
    const run = await startProcess(xml);
    expect(run.waits).toEqual(['task after']);
    expect(run.events).not.toContainEqual(
      expect.objectContaining({ type: 'element.entered', element: 'late' }),
    );
  });

  const failing = processXml(
    start() + element('endEvent', 'failed', '', onError('E1')),
    ['start -> failed'],
    error('E1'),
  );

  test('an error end event that nothing catches is an incident', async () => {
    const run = await startProcess(failing);
    expect(run.incidents).toEqual(['UNHANDLED_ERROR failed']);
    expect(run.instance.status).toBe('active');
  });

  test('in a called instance the caller is told', async () => {
    const run = new ProcessRun(await deploy(failing)).start({}, { called: true });
    expect(run.instance.status).toBe('terminated');
    expect(effectsOf(run, 'end')).toEqual([
      {
        kind: 'end',
        status: 'terminated',
        outcome: { kind: 'error', code: 'E1', message: 'failed', variables: {} },
      },
    ]);
    expect(run.completed).toEqual(['start', 'failed']);
  });
});
