import { describe, expect, test } from 'vitest';
import {
  boundary,
  catchEvent,
  element,
  end,
  exclusive,
  message,
  onMessage,
  onTimer,
  parallel,
  processXml,
  script,
  serviceTask,
  start,
  userTask,
} from '../testing/process-xml.ts';
import { effectsOf, startProcess } from '../testing/process-run.ts';

describe('exclusive gateway', () => {
  const choice = processXml(
    start() + exclusive('choice', 'choice_low') + userTask('high') + userTask('top') + userTask('low'),
    ['start -> choice', 'choice -> top if amount > 1000', 'choice -> high if =amount > 100', 'choice -> low'],
  );

  test.for([
    { amount: 5000, waits: 'task top', why: 'the first condition that holds, in the order of the document' },
    { amount: 500, waits: 'task high', why: 'a later condition' },
    { amount: 5, waits: 'task low', why: 'the default flow when no condition holds' },
  ])('takes $waits for $amount: $why', async ({ amount, waits }) => {
    const run = await startProcess(choice, { amount });
    expect(run.waits).toEqual([waits]);
  });

  test('records what its conditions gave', async () => {
    const run = await startProcess(choice, { amount: 500 });
    expect(run.events.filter(({ type }) => type === 'condition.evaluated')).toEqual([
      { type: 'condition.evaluated', flow: 'choice_top', value: false },
      { type: 'condition.evaluated', flow: 'choice_high', value: true },
    ]);
  });

  test.for([{}, { amount: null }, { amount: 'much' }])(
    'raises an incident instead of guessing for %j, and goes on after a correction',
    async (variables) => {
      const run = await startProcess(choice, variables);
      expect(run.incidents).toEqual(['CONDITION_NOT_BOOLEAN choice']);
      run.apply({ kind: 'setVariables', variables: { amount: 5 } });
      run.retry();
      expect(run.waits).toEqual(['task low']);
      expect(run.incidents).toEqual([]);
    },
  );

  test('raises an incident when nothing holds and there is no default flow', async () => {
    const xml = processXml(start() + exclusive('choice') + end('a') + end('b'), [
      'start -> choice',
      'choice -> a if x = 1',
      'choice -> b if x = 2',
    ]);
    const run = await startProcess(xml, { x: 3 });
    expect(run.incidents).toEqual(['NO_FLOW choice']);
    expect(run.instance.status).toBe('active');
  });

  test('merges: every token passes', async () => {
    const xml = processXml(
      start() + parallel('fork') + element('task', 'again') + exclusive('merge') + userTask('work'),
      ['start -> fork', 'fork -> merge', 'fork -> again', 'again -> merge', 'merge -> work'],
    );
    const run = await startProcess(xml);
    expect(run.waits).toEqual(['task work', 'task work']);
  });
});

describe('parallel gateway', () => {
  const forkJoin = processXml(
    start() +
      parallel('fork') +
      serviceTask('a') +
      serviceTask('b') +
      parallel('join') +
      userTask('after') +
      end(),
    ['start -> fork', 'fork -> a', 'fork -> b', 'a -> join', 'b -> join', 'join -> after', 'after -> end'],
  );

  test.for([
    ['a', 'b'],
    ['b', 'a'],
  ])('waits for all its incoming flows, whatever the order: %j', async ([first = '', second = '']) => {
    const run = await startProcess(forkJoin);
    expect(run.waits).toEqual(['job a', 'job b']);
    run.completeJob(first);
    expect(run.waits).toEqual([`job ${second}`]);
    run.completeJob(second);
    expect(run.waits).toEqual(['task after']);
    run.completeTask('after');
    expect(run.instance.status).toBe('completed');
    expect(run.completed.filter((id) => id === 'join')).toEqual(['join']);
  });

  test('two tokens on one flow do not stand in for the other flow', async () => {
    // `twice` is passed by two tokens, which both come to the join on the same flow.
    const xml = processXml(
      start() +
        parallel('fork') +
        element('task', 'again') +
        exclusive('twice') +
        userTask('slow') +
        parallel('join') +
        userTask('after'),
      [
        'start -> fork',
        'fork -> twice',
        'fork -> again',
        'again -> twice',
        'fork -> slow',
        'twice -> join',
        'slow -> join',
        'join -> after',
      ],
    );
    const run = await startProcess(xml);
    expect(run.waits).toEqual(['task slow']);
    run.completeTask('slow');
    expect(run.waits).toEqual(['task after']);
    run.completeTask('after');
    // The surplus token can never be joined: that is said, not swallowed.
    expect(run.instance.status).toBe('active');
    expect(run.incidents).toEqual(['TOKENS_STUCK join']);
  });

  test('says when an exclusive choice starves it', async () => {
    const xml = processXml(
      start() + exclusive('choice', 'choice_b') + userTask('a') + userTask('b') + parallel('join') + end(),
      ['start -> choice', 'choice -> a if true', 'choice -> b', 'a -> join', 'b -> join', 'join -> end'],
    );
    const run = await startProcess(xml);
    run.completeTask('a');
    expect(run.incidents).toEqual(['TOKENS_STUCK join']);
    run.retry();
    expect(run.incidents).toEqual(['TOKENS_STUCK join']);
    run.apply({ kind: 'cancel', reason: 'wrong model' });
    expect(run.instance.status).toBe('cancelled');
    expect(effectsOf(run, 'resolveIncident')).toHaveLength(2);
  });
});

describe('uncontrolled flow', () => {
  test('several outgoing flows of an activity fork', async () => {
    const xml = processXml(start() + script('fork', '1') + userTask('a') + userTask('b'), [
      'start -> fork',
      'fork -> a',
      'fork -> b',
    ]);
    expect((await startProcess(xml)).waits).toEqual(['task a', 'task b']);
  });

  const conditional = processXml(
    start() +
      script('decide', '1').replace('<scriptTask', '<scriptTask default="decide_none"') +
      userTask('a') +
      userTask('b') +
      userTask('none'),
    ['start -> decide', 'decide -> a if x > 0', 'decide -> b if x > 10', 'decide -> none'],
  );
  test.for([
    { x: 20, waits: ['task a', 'task b'] },
    { x: 5, waits: ['task a'] },
    { x: -1, waits: ['task none'] },
  ])('conditional flows of an activity: $waits for $x', async ({ x, waits }) => {
    expect((await startProcess(conditional, { x })).waits).toEqual(waits);
  });
});

describe('event-based gateway', () => {
  const race = processXml(
    start() +
      element('eventBasedGateway', 'race') +
      catchEvent('paid', onMessage('paid')) +
      element('receiveTask', 'refused').replace('>', ' messageRef="message_refused">') +
      catchEvent('late', onTimer('Duration', 'P3D')) +
      userTask('ship') +
      userTask('remind'),
    [
      'start -> race',
      'race -> paid',
      'race -> refused',
      'race -> late',
      'paid -> ship',
      'refused -> remind',
      'late -> remind',
    ],
    message('paid', '=order.id') + message('refused'),
  );

  test('listens to all events behind it', async () => {
    const run = await startProcess(race, { order: { id: 17 } });
    expect(run.waits).toEqual(['subscription paid', 'subscription refused', 'timer late']);
    expect(effectsOf(run, 'openSubscription')).toMatchObject([
      { element: 'paid', message: 'paid', correlationKey: '17' },
      { element: 'refused', message: 'refused', correlationKey: null },
    ]);
    expect(effectsOf(run, 'openTimer')).toMatchObject([
      { element: 'late', dueAt: '2026-03-05T09:00:00.000Z' },
    ]);
  });

  test.for([
    { event: 'paid', waits: ['task ship'] },
    { event: 'refused', waits: ['task remind'] },
    { event: 'late', waits: ['task remind'] },
  ])('$event comes first: the others are closed', async ({ event, waits }) => {
    const run = await startProcess(race, { order: { id: 17 } });
    const transition = event === 'late' ? run.fireTimer(event) : run.correlate(event, { via: event });
    expect(run.waits).toEqual(waits);
    expect(transition.effects.filter(({ kind }) => kind.startsWith('close'))).toHaveLength(3);
    expect(run.completed).toEqual(['start', 'race', event]);
    expect(run.variables).toEqual({ order: { id: 17 }, ...(event === 'late' ? {} : { via: event }) });
  });
});

test('boundary events wait beside what an activity itself waits for', async () => {
  const xml = processXml(
    start() + userTask('work') + boundary('late', 'work', onTimer('Duration', 'PT1H')) + end(),
    ['start -> work', 'work -> end', 'late -> end'],
  );
  expect((await startProcess(xml)).waits).toEqual(['timer late', 'task work']);
});
