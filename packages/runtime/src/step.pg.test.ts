import { afterEach, beforeEach, expect, test } from 'vitest';
import { ada, openBench, type TestBench } from './test-node.ts';
import { end, messageStart, script, transactional, userTask } from './test-process.ts';
import type { TransactionalHandler, TransactionalWork } from './work.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const review = {
  id: 'Review',
  messages: { 'order.received': null },
  line: [
    messageStart('order.received'),
    script('Score', 'score', 'amount * 2'),
    transactional('Reserve', 'stock.reserve'),
    userTask('Approve'),
    end,
  ],
};

test('an order runs to its first wait within the transaction that places it', async () => {
  const calls: (readonly TransactionalWork[])[] = [];
  const runtime = bench.node({
    handlers: {
      'stock.reserve': async (_tx, work) => {
        calls.push(work);
        return work.map(() => ({ kind: 'completed', variables: { reserved: true } }));
      },
    },
  });
  await bench.deploy(runtime, review);

  const placed = await runtime.transact(bench.tenantId, ada, async (step) => {
    await step.tx.query(
      `insert into idempotency_key (tenant_id, operation, key, request_hash, response, created_at)
       values ($1, 'placeOrder', 'k1', 'hash', '{}', $2)`,
      [bench.tenantId, step.now],
    );
    step.correlate({
      name: 'order.received',
      correlationKey: 'order-1',
      businessKey: 'PO-1',
      variables: { amount: 21, orderId: '01890a5d-ac96-774b-bcce-b302099a8057' },
    });
    return 'placed';
  });

  expect(placed).toBe('placed');
  expect(runtime.stats()).toMatchObject({ batches: 1, submissions: 1 });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.[0]).toMatchObject({
    element: 'Reserve',
    businessKey: 'PO-1',
    actor: ada,
    variables: { amount: 21, score: 42 },
  });
  expect(await bench.instances()).toMatchObject([
    { business_key: 'PO-1', status: 'ACTIVE', revision: 2, variables: { score: 42, reserved: true } },
  ]);
  expect(await bench.waitingAt()).toEqual(['Approve']);
  const written = await bench.rows<{ xmin: string }>(
    `select xmin::text from process_instance union select xmin::text from user_task
      union select xmin::text from process_event union select xmin::text from idempotency_key`,
  );
  expect(written, 'all rows were written by one transaction').toHaveLength(1);
});

test('a task is shown with its order, and keeps who completed it with what', async () => {
  const orderId = '01890a5d-ac96-774b-bcce-b302099a8057';
  const runtime = bench.node({ handlers: { 'stock.reserve': completeAll } });
  await bench.deploy(runtime, review);
  await bench.send(runtime, { name: 'order.received', variables: { amount: 1, orderId } });
  expect(
    await bench.rows('select order_id, element, candidate_groups, form, state::text from user_task'),
  ).toEqual([
    {
      order_id: orderId,
      element: 'Approve',
      candidate_groups: ['finance', 'sales'],
      form: 'review',
      state: 'OPEN',
    },
  ]);

  await bench.complete(runtime, 'Approve', { approved: true });

  expect(await bench.rows('select state::text, completed_by, result from user_task')).toEqual([
    { state: 'COMPLETED', completed_by: 'user:ada', result: { approved: true } },
  ]);
  const [instance] = await bench.instances();
  expect(instance).toMatchObject({ status: 'COMPLETED', revision: 3 });
  expect(await bench.history(instance?.id ?? '')).toEqual([
    'instance.started',
    'element.entered Start',
    'variables.set',
    'element.completed Start',
    'flow.taken',
    'element.entered Score',
    'variables.set',
    'element.completed Score',
    'flow.taken',
    'element.entered Reserve',
    'element.completed Reserve',
    'flow.taken',
    'element.entered Approve',
    'variables.set',
    'element.completed Approve',
    'flow.taken',
    'element.entered End',
    'element.completed End',
    'instance.ended',
  ]);
});

test('work that throws writes nothing and its caller gets the error', async () => {
  const runtime = bench.node({ handlers: { 'stock.reserve': completeAll } });
  await bench.deploy(runtime, review);

  const refused = runtime.transact(bench.tenantId, ada, async (step) => {
    step.correlate({ name: 'order.received', correlationKey: null, variables: { amount: 1 } });
    throw new Error('unknown customer');
  });

  await expect(refused).rejects.toThrow('unknown customer');
  expect(await bench.instances()).toEqual([]);
});

const completeAll: TransactionalHandler = async (_tx, work) =>
  work.map(() => ({ kind: 'completed', variables: {} }));
