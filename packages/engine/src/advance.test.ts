import { describe, expect, test } from 'vitest';
import { advance } from './advance.ts';
import type { Command } from './command.ts';
import { activeElements } from './instance.ts';
import {
  element,
  end,
  exclusive,
  message,
  processXml,
  script,
  serviceTask,
  start,
  userTask,
} from './testing/process-xml.ts';
import { deploy, environmentAt, NOW, ProcessRun, startProcess } from './testing/process-run.ts';

const environment = environmentAt(NOW);
const twoTasks = processXml(
  start() + userTask('review') + serviceTask('book') + end(),
  ['start -> review', 'review -> book', 'book -> end'],
  message('unused'),
);

describe('a command that does not fit is refused', () => {
  const commands: readonly Command[] = [
    { kind: 'completeJob', job: '99', variables: {} },
    { kind: 'failJob', job: '99', code: 'X', message: '' },
    { kind: 'throwError', at: '99', code: 'X', message: '', variables: {} },
    { kind: 'completeTask', task: '99', variables: {} },
    { kind: 'correlateMessage', subscription: '99', variables: {} },
    { kind: 'fireTimer', timer: '99' },
    { kind: 'completeCall', call: '99', outcome: { kind: 'completed', variables: {} } },
    { kind: 'retryIncident', incident: '99' },
  ];

  test.for(commands)('$kind of something unknown', async (command) => {
    const run = await startProcess(twoTasks);
    const before = structuredClone(run.instance);
    expect(() => run.apply(command)).toThrow(expect.objectContaining({ code: 'ENGINE_NOT_WAITING' }));
    expect(run.instance).toEqual(before);
  });

  test('of something answered already', async () => {
    const run = await startProcess(twoTasks);
    const task = run.idOf('task', 'review');
    run.completeTask('review');
    expect(() => run.apply({ kind: 'completeTask', task, variables: {} })).toThrow(/does not wait for task/);
  });

  test('of the wrong kind', async () => {
    const run = await startProcess(twoTasks);
    const job = run.idOf('task', 'review');
    expect(() => run.apply({ kind: 'completeJob', job, variables: {} })).toThrow(/does not wait for job/);
  });

  test.for<Command>([
    { kind: 'setVariables', variables: { a: 1 } },
    { kind: 'cancel', reason: 'again' },
  ])('$kind after the end', async (command) => {
    const run = await startProcess(twoTasks);
    run.apply({ kind: 'cancel', reason: 'enough' });
    expect(() => run.apply(command)).toThrow(/has ended/);
  });

  test('before the start, and a second start', async () => {
    const model = await deploy(twoTasks);
    expect(() => advance(model, null, { kind: 'cancel', reason: '' }, environment)).toThrow(
      /not been started/,
    );
    const run = new ProcessRun(model).start();
    expect(() => run.start()).toThrow(expect.objectContaining({ code: 'ENGINE_ALREADY_STARTED' }));
  });
});

test('passing gateways and scripts is one transition', async () => {
  const count = 10;
  const steps = Array.from({ length: count }, (_, n) => n);
  const xml = processXml(
    start() + steps.map((n) => exclusive(`g${n}`) + script(`s${n}`, `${n}`)).join('') + userTask('done'),
    [
      'start -> g0',
      ...steps.flatMap((n) => [`g${n} -> s${n}`, `s${n} -> ${n + 1 < count ? `g${n + 1}` : 'done'}`]),
    ],
  );
  const run = await startProcess(xml);
  expect(run.waits).toEqual(['task done']);
  expect(run.completed).toHaveLength(1 + 2 * count);
});

test('a process that runs in a circle is stopped by an incident, and can be freed', async () => {
  const xml = processXml(
    start() + exclusive('again') + element('task', 'work') + exclusive('over', 'over_again') + end(),
    ['start -> again', 'again -> work', 'work -> over', 'over -> end if stop = true', 'over -> again'],
  );
  const run = await startProcess(xml, { stop: false });
  expect(run.incidents).toEqual([expect.stringMatching(/^TOO_MANY_STEPS /)]);
  run.apply({ kind: 'setVariables', variables: { stop: true } });
  run.retry();
  expect(run.instance.status).toBe('completed');
});

test('variables are set where they are corrected, and said in history', async () => {
  const run = await startProcess(twoTasks, { a: 1 });
  const { events } = run.apply({ kind: 'setVariables', variables: { a: 2, b: 3 } });
  expect(events).toEqual([{ type: 'variables.set', scope: '0', names: ['a', 'b'] }]);
  expect(run.variables).toEqual({ a: 2, b: 3 });
});

test('the instance is one small JSON document', async () => {
  const run = await startProcess(twoTasks);
  expect(run.instance).toEqual({
    process: 'P',
    businessKey: null,
    called: false,
    status: 'active',
    counter: 3,
    elements: [
      { id: '0', element: 'P', parent: null, waits: [], variables: {} },
      { id: '2', element: 'review', parent: '0', waits: [{ kind: 'task', id: '3', element: 'review' }] },
    ],
  });
  expect(activeElements(run.instance).map((active) => active.element)).toEqual(['review']);
});
