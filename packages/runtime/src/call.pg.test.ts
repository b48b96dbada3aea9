import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from './test-node.ts';
import {
  call,
  end,
  endAt,
  flow,
  messageStart,
  onRefusal,
  start,
  timeLimit,
  userTask,
} from './test-process.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const parent = {
  id: 'Parent',
  messages: { go: null },
  line: [messageStart('go'), call('Sub', 'Child'), userTask('After'), end],
  beside: [
    onRefusal('Refused', 'Sub'),
    endAt('GivenUp'),
    flow('Refused', 'GivenUp'),
    timeLimit('TooLate', 'Sub', 'PT1H'),
    endAt('Late'),
    flow('TooLate', 'Late'),
  ],
};
const child = { id: 'Child', line: [start, userTask('Work'), end] };

test('a call starts an instance in the same transaction, and its end moves the caller on', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, parent, child);
  await bench.send(runtime, { name: 'go', businessKey: 'PO-1', variables: { amount: 5 } });
  expect(runtime.stats().batches).toBe(1);
  expect(await bench.waitingAt()).toEqual(['Sub', 'Work']);

  await bench.complete(runtime, 'Work', { done: true });

  const [caller, called] = await bench.instances();
  expect(called).toMatchObject({
    status: 'COMPLETED',
    business_key: 'PO-1',
    variables: { amount: 5, done: true },
  });
  expect(caller).toMatchObject({ status: 'ACTIVE', variables: { amount: 5, done: true } });
  expect(await bench.waitingAt()).toEqual(['After']);
  expect(runtime.stats().batches).toBe(2);
});

test('an error that nothing in the called instance catches reaches the caller', async () => {
  const runtime = bench.node({
    handlers: {},
    performJob: async () => ({ kind: 'error', code: 'REFUSED', message: 'No.' }),
  });
  await bench.deploy(runtime, parent, {
    id: 'Child',
    line: [
      start,
      `<bpmn:endEvent id="Refuse"><bpmn:errorEventDefinition errorRef="Error_REFUSED"/></bpmn:endEvent>`,
    ],
  });
  await bench.send(runtime, { name: 'go' });
  expect((await bench.instances()).map(({ status }) => status)).toEqual(['COMPLETED', 'TERMINATED']);
});

test('a caller that gives up cancels what it called', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, parent, child);
  await bench.send(runtime, { name: 'go' });
  bench.clock.advance(3_600_000);
  await runtime.idle();
  expect((await bench.instances()).map(({ status }) => status)).toEqual(['COMPLETED', 'CANCELLED']);
  expect(await bench.rows('select state::text from user_task')).toEqual([{ state: 'CANCELLED' }]);
});

test('calling a process that is not deployed is an incident of the caller, mended by deploying it', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, parent);
  await bench.send(runtime, { name: 'go' });
  const [incident] = await bench.rows<{ id: string; instance_id: string }>('select * from incident');
  expect(incident).toMatchObject({
    element: 'Sub',
    message: expect.stringContaining('No process Child is deployed'),
  });

  await bench.deploy(runtime, child);
  await runtime.transact(bench.tenantId, { kind: 'user', id: 'ada', name: 'Ada' }, async (step) => {
    step.apply(incident?.instance_id ?? '', { kind: 'retryIncident', incident: incident?.id ?? '' });
  });
  expect(await bench.waitingAt()).toEqual(['Sub', 'Work']);
});

test.each<[string, readonly string[] | null]>([
  ['that is not deployed', null],
  ['that only a message begins', [messageStart('go'), end]],
])('a process %s cannot be started, and called neither', async (_which, line) => {
  const runtime = bench.node();
  if (line !== null) await bench.deploy(runtime, { id: 'Child', messages: { go: null }, line });
  await expect(bench.start(runtime, 'Child')).rejects.toMatchObject({ code: 'RUNTIME_PROCESS_NOT_FOUND' });
  await bench.deploy(runtime, { id: 'Caller', line: [start, call('Sub', 'Child'), end] });
  await bench.start(runtime, 'Caller');
  expect(await bench.rows('select element from incident')).toEqual([{ element: 'Sub' }]);
});
