import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from './test-node.ts';
import { end, endAt, flow, messageStart, timeLimit, timerStart, userTask, waitFor } from './test-process.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const hour = 3_600_000;

test('a timer fires when it is due and not before', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, {
    id: 'Pausing',
    messages: { go: null },
    line: [messageStart('go'), waitFor('Pause', 'PT1H'), userTask('After'), end],
  });
  await bench.send(runtime, { name: 'go' });
  expect(await bench.rows('select element, due_at from timer')).toEqual([
    { element: 'Pause', due_at: new Date(bench.clock.now().getTime() + hour) },
  ]);

  bench.clock.advance(hour - 1);
  await runtime.idle();
  expect(await bench.waitingAt()).toEqual(['Pause']);

  bench.clock.advance(1);
  await runtime.idle();
  expect(await bench.waitingAt()).toEqual(['After']);
  expect(await bench.rows('select id from timer')).toEqual([]);
  expect(await bench.rows(`select distinct actor from process_event where element = 'After'`)).toEqual([
    { actor: 'system' },
  ]);
});

const approval = {
  id: 'Approval',
  messages: { go: null },
  line: [messageStart('go'), userTask('Approve'), end],
  beside: [timeLimit('TooLate', 'Approve', 'PT1H'), endAt('Refused'), flow('TooLate', 'Refused')],
};

test('a time limit withdraws the task', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, approval);
  await bench.send(runtime, { name: 'go' });
  bench.clock.advance(hour);
  await runtime.idle();
  expect(await bench.rows('select state::text, completed_by, result from user_task')).toEqual([
    { state: 'CANCELLED', completed_by: 'system', result: null },
  ]);
  expect(await bench.instances()).toMatchObject([{ status: 'COMPLETED' }]);
});

test('a task done in time takes its time limit away', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, approval);
  await bench.send(runtime, { name: 'go' });
  await bench.complete(runtime, 'Approve');
  expect(await bench.rows('select id from timer')).toEqual([]);
});

test('each timer fires once, however many nodes find it', async () => {
  const nodes = [bench.node(), bench.node(), bench.node()] as const;
  await bench.deploy(nodes[0], approval);
  await Promise.all(Array.from({ length: 30 }, () => bench.send(nodes[0], { name: 'go' })));
  bench.clock.advance(hour);
  await Promise.all(nodes.map((node) => node.idle()));
  const instances = await bench.instances();
  expect(instances.map(({ status, revision }) => [status, revision])).toEqual(
    instances.map(() => ['COMPLETED', 2]),
  );
});

test('a start timer begins an instance each time it is due, once over all nodes', async () => {
  const nodes = [bench.node(), bench.node()] as const;
  await bench.deploy(nodes[0], { id: 'Nightly', line: [timerStart('R/PT1H'), end] });

  for (let i = 0; i < 3; i++) {
    bench.clock.advance(hour);
    await Promise.all(nodes.map((node) => node.idle()));
  }
  expect(await bench.instances()).toHaveLength(3);

  bench.clock.advance(10 * hour);
  await Promise.all(nodes.map((node) => node.idle()));
  expect(await bench.instances(), 'what was missed is caught up once').toHaveLength(4);
});

test('a new version takes over messages and timers that start it; running instances keep theirs', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, approval);
  await bench.send(runtime, { name: 'go' });
  await bench.deploy(runtime, {
    ...approval,
    line: [messageStart('go'), userTask('Approve'), userTask('Twice'), end],
  });
  await bench.send(runtime, { name: 'go' });

  await bench.complete(runtime, 'Approve');
  await bench.complete(runtime, 'Approve');

  expect((await bench.instances()).map(({ status }) => status)).toEqual(['COMPLETED', 'ACTIVE']);
  expect(await bench.waitingAt()).toEqual(['Twice']);
});
