import { describe, expect, test } from 'vitest';
import {
  boundary,
  element,
  end,
  onTimer,
  parallel,
  processXml,
  script,
  serviceTask,
  start,
  subProcess,
  userTask,
} from '../testing/process-xml.ts';
import { effectsOf, startProcess } from '../testing/process-run.ts';

describe('embedded sub-process', () => {
  test('completes when nothing is left inside', async () => {
    const xml = processXml(
      start() +
        subProcess('sub', start('in') + parallel('fork') + userTask('a') + userTask('b') + end('out'), [
          'in -> fork',
          'fork -> a',
          'fork -> b',
          'a -> out',
        ]) +
        userTask('after'),
      ['start -> sub', 'sub -> after'],
    );
    const run = await startProcess(xml);
    expect(run.waits).toEqual(['task a', 'task b']);
    run.completeTask('b');
    expect(run.waits).toEqual(['task a']);
    run.completeTask('a');
    expect(run.waits).toEqual(['task after']);
    expect(run.completed).toEqual(['start', 'in', 'fork', 'b', 'a', 'out', 'sub']);
  });

  test('is interrupted with everything inside', async () => {
    const xml = processXml(
      start() +
        subProcess(
          'sub',
          start('in') + subProcess('deep', start('deeper') + userTask('a'), ['deeper -> a']),
          ['in -> deep'],
        ) +
        boundary('late', 'sub', onTimer('Duration', 'P1D')) +
        userTask('after'),
      ['start -> sub', 'late -> after'],
    );
    const run = await startProcess(xml);
    expect(run.waits).toEqual(['timer late', 'task a']);
    run.fireTimer('late');
    expect(run.waits).toEqual(['task after']);
  });

  const mapping =
    '<extensionElements><orderloom:mapping><orderloom:input source="=line.sku" target="sku"/><orderloom:input source="=0" target="count"/>' +
    '<orderloom:output source="=count" target="picked"/></orderloom:mapping></extensionElements>';

  test('variables: its input mapping makes local ones, all others are those of the process', async () => {
    const inner = subProcess(
      'sub',
      start('in') +
        script('count', 'count + 5') +
        script('total', 'count * 2') +
        serviceTask('job') +
        end('out'),
      ['in -> count', 'count -> total', 'total -> job', 'job -> out'],
    ).replace('<subProcess id="sub">', `<subProcess id="sub">${mapping}`);
    const run = await startProcess(processXml(start() + inner + end(), ['start -> sub', 'sub -> end']), {
      line: { sku: 'S1' },
    });
    expect(effectsOf(run, 'openJob')[0]?.variables).toEqual({
      line: { sku: 'S1' },
      sku: 'S1',
      count: 5,
      total: 10,
    });
    run.completeJob('job', { count: 7, weight: 3 });
    expect(run.variables).toEqual({ line: { sku: 'S1' }, total: 10, weight: 3, picked: 7 });
  });
});

describe('call activity', () => {
  const xml = processXml(
    start() +
      element(
        'callActivity',
        'call',
        '<orderloom:mapping><orderloom:input source="=order.id" target="id"/><orderloom:output source="=answer" target="result"/></orderloom:mapping>',
      ).replace('>', ' calledElement="Other">') +
      boundary('refused', 'call', '<errorEventDefinition/>') +
      userTask('sorry') +
      end(),
    ['start -> call', 'call -> end', 'refused -> sorry'],
  );

  test('starts the called process with the mapped variables and the same business key', async () => {
    const run = await startProcess(xml, { order: { id: 1 } });
    expect(effectsOf(run, 'startCall')).toEqual([
      {
        kind: 'startCall',
        id: expect.any(String),
        element: 'call',
        process: 'Other',
        businessKey: null,
        variables: { id: 1 },
      },
    ]);
    const { effects } = run.completeCall('call', { kind: 'completed', variables: { answer: 42, noise: 1 } });
    expect(effects.map(({ kind }) => kind)).toEqual(['end']);
    expect(run.variables).toEqual({ order: { id: 1 }, result: 42 });
  });

  test('an error of the called instance is caught on its boundary', async () => {
    const run = await startProcess(xml);
    const { effects } = run.completeCall('call', { kind: 'error', code: 'E', message: 'no', variables: {} });
    expect(run.waits).toEqual(['task sorry']);
    expect(effects.some(({ kind }) => kind === 'cancelCall')).toBe(false);
  });

  test('an error nobody catches is an incident; the retry calls again', async () => {
    const run = await startProcess(
      xml.replace(/<boundaryEvent.*<\/boundaryEvent>/, '').replace(/<sequenceFlow id="refused.*/, ''),
    );
    const first = run.idOf('call', 'call');
    run.completeCall('call', { kind: 'error', code: 'E', message: 'no', variables: {} });
    expect(run.incidents).toEqual(['UNHANDLED_ERROR call']);
    run.retry();
    expect(run.idOf('call', 'call')).not.toBe(first);
  });

  test('a called instance that was cancelled is an incident', async () => {
    const run = await startProcess(xml);
    run.completeCall('call', { kind: 'cancelled', reason: 'by mistake' });
    expect(run.incidents).toEqual(['CALL_CANCELLED call']);
  });

  test('cancelling the caller cancels the called instance', async () => {
    const run = await startProcess(xml);
    const call = run.idOf('call', 'call');
    const { effects } = run.apply({ kind: 'cancel', reason: 'not wanted' });
    expect(effects).toEqual([
      { kind: 'cancelCall', id: call },
      { kind: 'end', status: 'cancelled', outcome: { kind: 'cancelled', reason: 'not wanted' } },
    ]);
  });
});
