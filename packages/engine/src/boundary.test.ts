import { describe, expect, test } from 'vitest';
import {
  boundary,
  element,
  end,
  error,
  message,
  onError,
  onMessage,
  onTimer,
  processXml,
  serviceTask,
  start,
  subProcess,
  userTask,
} from './testing/process-xml.ts';
import { deploy, effectsOf, ProcessRun, startProcess } from './testing/process-run.ts';

describe('timer and message boundary events', () => {
  const guarded = (event: string, interrupting: boolean) =>
    processXml(
      start() + userTask('work') + boundary('event', 'work', event, interrupting) + userTask('aside') + end(),
      ['start -> work', 'work -> end', 'event -> aside'],
      message('stop', '=id'),
    );

  test('listen before the activity begins', async () => {
    const run = await startProcess(guarded(onTimer('Duration', 'PT1H'), true));
    expect(run.effects.map(({ kind }) => kind)).toEqual(['openTimer', 'openTask']);
  });

  test('are closed when the activity completes', async () => {
    const run = await startProcess(guarded(onTimer('Duration', 'PT1H'), true));
    const { effects } = run.completeTask('work');
    expect(effects.map(({ kind }) => kind)).toEqual(['closeTask', 'closeTimer', 'end']);
  });

  test('an interrupting timer takes the activity away', async () => {
    const run = await startProcess(guarded(onTimer('Duration', 'PT1H'), true));
    const { effects, events } = run.fireTimer('event');
    expect(run.waits).toEqual(['task aside']);
    expect(effects.slice(0, 2)).toEqual([
      { kind: 'closeTimer', id: expect.any(String) },
      { kind: 'closeTask', id: expect.any(String), reason: 'cancelled' },
    ]);
    expect(events[0]).toMatchObject({
      type: 'element.cancelled',
      element: 'work',
      reason: 'interrupted by event',
    });
  });

  test('a non-interrupting timer leaves it alone, and is due once', async () => {
    const run = await startProcess(guarded(onTimer('Duration', 'PT1H'), false));
    run.fireTimer('event');
    expect(run.waits).toEqual(['task work', 'task aside']);
  });

  test('a non-interrupting cycle is due again, as often as it says, without drifting', async () => {
    const run = await startProcess(guarded(onTimer('Cycle', 'R3/PT1H'), false));
    for (const _ of [1, 2, 3]) run.fireTimer('event');
    expect(effectsOf(run, 'openTimer').map(({ dueAt }) => dueAt)).toEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T11:00:00.000Z',
      '2026-03-02T12:00:00.000Z',
    ]);
    expect(run.waits).toEqual(['task work', 'task aside', 'task aside', 'task aside']);
  });

  test('a message interrupts', async () => {
    const run = await startProcess(guarded(onMessage('stop'), true), { id: 'A' });
    run.correlate('event', { why: 'no need' });
    expect(run.waits).toEqual(['task aside']);
    expect(run.variables).toEqual({ id: 'A', why: 'no need' });
  });

  test('a non-interrupting message may come again', async () => {
    const run = await startProcess(guarded(onMessage('stop'), false), { id: 'A' });
    run.correlate('event');
    run.correlate('event');
    expect(run.waits).toEqual(['subscription event', 'task work', 'task aside', 'task aside']);
    expect(run.completeTask('work').effects.map(({ kind }) => kind)).toEqual([
      'closeTask',
      'closeSubscription',
    ]);
  });

  test('an unusable time keeps the activity from beginning, and nothing half open', async () => {
    const xml = guarded(onTimer('Duration', '=limit'), true).replace(
      '</process>',
      `${boundary('other', 'work', onMessage('stop'))}</process>`,
    );
    const run = await startProcess(xml, { id: 'A' });
    expect(run.incidents).toEqual(['TIMER_VALUE work']);
    expect(run.effects.map(({ kind }) => kind)).toEqual(['raiseIncident']);
    run.apply({ kind: 'setVariables', variables: { limit: 'PT2H' } });
    run.retry();
    expect(run.waits).toEqual(['timer event', 'subscription other', 'task work']);
  });

  test('an interrupted activity takes its incident with it', async () => {
    const xml = processXml(
      start() + serviceTask('work') + boundary('late', 'work', onTimer('Duration', 'PT1H')) + end(),
      ['start -> work', 'work -> end', 'late -> end'],
    );
    const run = await startProcess(xml);
    run.failJob('work');
    const { effects } = run.fireTimer('late');
    expect(effects.map(({ kind }) => kind)).toEqual(['closeTimer', 'resolveIncident', 'end']);
  });
});

describe('error boundary events', () => {
  const around = (inner: string, ...catchers: readonly string[]) =>
    processXml(
      start() + inner + catchers.join('') + userTask('specific') + userTask('any') + end(),
      [
        'start -> work',
        'work -> end',
        ...catchers.map((catcher) => (catcher.includes('"onE1"') ? 'onE1 -> specific' : 'onAny -> any')),
      ],
      error('E1') + error('E2'),
    );
  const onE1 = boundary('onE1', 'work', onError('E1'));
  const onAny = boundary('onAny', 'work', onError());

  test.for([
    { catchers: [onE1], code: 'E1', waits: ['task specific'] },
    { catchers: [onAny], code: 'E1', waits: ['task any'] },
    { catchers: [onAny, onE1], code: 'E1', waits: ['task specific'] },
    { catchers: [onAny, onE1], code: 'E9', waits: ['task any'] },
  ])('$code leads to $waits', async ({ catchers, code, waits }) => {
    const run = await startProcess(around(serviceTask('work'), ...catchers));
    const { effects } = run.throwError('work', code, { missing: 2 });
    expect(run.waits).toEqual(waits);
    expect(effects[0]?.kind).toBe('closeJob');
    expect(run.variables).toEqual({ missing: 2 });
    expect(run.events).toContainEqual({
      type: 'error.thrown',
      element: 'work',
      code,
      message: `No: ${code}`,
    });
  });

  test('a code that nothing catches is an incident; the job comes back under its id', async () => {
    const run = await startProcess(around(serviceTask('work'), onE1));
    const job = run.idOf('job', 'work');
    run.throwError('work', 'E2');
    expect(run.incidents).toEqual(['UNHANDLED_ERROR work']);
    run.retry();
    expect(run.idOf('job', 'work')).toBe(job);
  });

  test('an output mapping sees code and message', async () => {
    const mapped = onAny.replace(
      '<errorEventDefinition/>',
      '<extensionElements><orderloom:mapping><orderloom:output source="=errorCode" target="reason"/></orderloom:mapping></extensionElements><errorEventDefinition/>',
    );
    const run = await startProcess(around(userTask('work'), mapped));
    run.throwError('work', 'E7', { missing: 2 });
    expect(run.variables).toEqual({ reason: 'E7' });
  });

  const nested = around(
    subProcess(
      'work',
      start('in') +
        subProcess(
          'inner',
          start('deep') +
            serviceTask('job') +
            userTask('beside') +
            element('endEvent', 'bad', '', onError('E2')),
          ['deep -> job', 'deep -> beside', 'job -> bad'],
        ),
      ['in -> inner'],
    ),
    onE1,
    onAny,
  );

  test('an error rises through sub-processes and cancels what is inside them', async () => {
    const run = await startProcess(nested);
    expect(run.waits).toEqual(['job job', 'task beside']);
    const { events } = run.throwError('job', 'E1');
    expect(run.waits).toEqual(['task specific']);
    expect(events.flatMap((event) => (event.type === 'element.cancelled' ? [event.element] : []))).toEqual([
      'job',
      'beside',
      'inner',
      'work',
    ]);
  });

  test('an error end event does the same, and counts as completed', async () => {
    const run = await startProcess(nested);
    run.completeJob('job');
    expect(run.waits).toEqual(['task any']);
    expect(run.completed).toContain('bad');
  });

  test('a called instance passes on what it does not catch', async () => {
    const run = new ProcessRun(await deploy(around(serviceTask('work'), onE1))).start({}, { called: true });
    run.throwError('work', 'E2', { why: 1 });
    expect(effectsOf(run, 'end')).toMatchObject([
      { status: 'terminated', outcome: { kind: 'error', code: 'E2', variables: { why: 1 } } },
    ]);
  });
});
