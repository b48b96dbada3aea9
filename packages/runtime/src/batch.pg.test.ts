import { fail } from '@orderloom/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ada, openBench, type TestBench } from './test-node.ts';
import { choice, end, flow, messageStart, script, transactional, userTask, waitFor } from './test-process.ts';
import type { TransactionalHandler } from './work.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const order = {
  id: 'Order',
  messages: { 'order.received': null },
  line: [messageStart('order.received'), transactional('Check', 'order.check'), userTask('Approve'), end],
};

/** Completes all, except where a variable says what else to do. */
const check: TransactionalHandler = async (tx, work, { tenantId }) => {
  for (const { variables } of work) {
    await tx.query(
      `insert into number_series (tenant_id, series, next) values ($1, $2, 1)
       on conflict (tenant_id, series) do update set next = number_series.next + 1`,
      [tenantId, `checked ${variables['order'] as number}`],
    );
    if (variables['poison'] === 'throws') throw new TypeError('Cannot read properties of undefined');
    if (variables['poison'] === 'refuses') fail('ORDER_UNREADABLE', 'The order cannot be read.');
  }
  return work.map(() => ({ kind: 'completed', variables: {} }));
};

test('many callers share few transactions', async () => {
  const sizes: number[] = [];
  const runtime = bench.node({
    handlers: {
      'order.check': async (_tx, work) => {
        sizes.push(work.length);
        return work.map(() => ({ kind: 'completed', variables: {} }));
      },
    },
  });
  await bench.deploy(runtime, order);

  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      bench.send(runtime, {
        name: 'order.received',
        businessKey: `PO-${index}`,
        variables: { order: index },
      }),
    ),
  );

  expect(runtime.stats().batches).toBeLessThanOrEqual(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(200);
  expect(sizes.length, 'the handler is called once a batch').toBe(runtime.stats().batches);
  const [{ transactions } = { transactions: 0 }] = await bench.rows<{ transactions: number }>(
    'select count(distinct xmin::text)::int as transactions from process_instance',
  );
  expect(transactions).toBe(runtime.stats().batches);
  expect(await bench.waitingAt()).toEqual(Array.from({ length: 200 }, () => 'Approve'));
});

test('a caller whose work throws does not concern its neighbours', async () => {
  const runtime = bench.node({ handlers: { 'order.check': check } });
  await bench.deploy(runtime, order);

  const results = await Promise.allSettled(
    [1, 2, 3].map((number) =>
      runtime.transact(bench.tenantId, ada, async (step) => {
        await step.tx.query('insert into number_series (tenant_id, series, next) values ($1, $2, 1)', [
          bench.tenantId,
          `number ${number}`,
        ]);
        step.correlate({ name: 'order.received', correlationKey: null, variables: { order: number } });
        if (number === 2) fail('UNKNOWN_SKU', 'There is no SKU X.', { field: 'lines[0].sku' });
        return number;
      }),
    ),
  );

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { code: 'UNKNOWN_SKU', field: 'lines[0].sku' } });
  expect(await bench.instances()).toHaveLength(2);
  expect(
    await bench.rows(`select series as name from number_series where series like 'number%' order by name`),
  ).toEqual([{ name: 'number 1' }, { name: 'number 3' }]);
});

test.each([
  ['throws', 'RUNTIME_HANDLER_FAILED'],
  ['refuses', 'ORDER_UNREADABLE'],
])('a task whose handler %s becomes an incident, the others of the batch go on', async (poison, code) => {
  const runtime = bench.node({ handlers: { 'order.check': check } });
  await bench.deploy(runtime, order);

  await Promise.all(
    [1, 2, 3].map((number) =>
      bench.send(runtime, {
        name: 'order.received',
        variables: { order: number, poison: number === 2 ? poison : null },
      }),
    ),
  );

  expect((await bench.waitingAt()).toSorted()).toEqual(['Approve', 'Approve', 'Check']);
  expect(await bench.rows('select element, code, resolved_at from incident')).toEqual([
    { element: 'Check', code, resolved_at: null },
  ]);
  expect(
    await bench.rows(
      `select series as name, next::int from number_series where series like 'checked%' order by name`,
    ),
  ).toEqual([
    { name: 'checked 1', next: 1 },
    { name: 'checked 3', next: 1 },
  ]);
});

test('an incident is resolved by a retry, which does the work again', async () => {
  const runtime = bench.node({ handlers: { 'order.check': check } });
  await bench.deploy(runtime, order);
  await bench.send(runtime, { name: 'order.received', variables: { order: 1, poison: 'refuses' } });
  const [instance] = await bench.instances();
  const [incident] = await bench.rows<{ id: string }>('select id from incident');

  await runtime.transact(bench.tenantId, ada, async (step) => {
    step.apply(instance?.id ?? '', { kind: 'setVariables', variables: { poison: null } });
    step.apply(instance?.id ?? '', { kind: 'retryIncident', incident: incident?.id ?? '' });
  });

  expect(await bench.waitingAt()).toEqual(['Approve']);
  expect(await bench.rows('select resolved_by from incident')).toEqual([{ resolved_by: 'user:ada' }]);
});

test('work that no handler does is an incident that says so', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, order);
  await bench.send(runtime, { name: 'order.received' });
  expect(await bench.rows('select code, message from incident')).toMatchObject([
    { code: 'RUNTIME_HANDLER_MISSING', message: expect.stringContaining('order.check') },
  ]);
});

test('a loop of transactional tasks without a wait is stopped by an incident', async () => {
  const runtime = bench.node({
    handlers: { 'order.check': async (_tx, work) => work.map(() => ({ kind: 'completed', variables: {} })) },
  });
  await bench.deploy(runtime, {
    id: 'Circle',
    messages: { 'order.received': null },
    line: [
      messageStart('order.received'),
      choice('Again', 'Again-Check'),
      transactional('Check', 'order.check'),
      choice('Done', 'Done-Again'),
    ],
    beside: [end, flow('Done', 'Again'), flow('Done', 'End', '=false')],
  });
  await bench.send(runtime, { name: 'order.received' });
  expect(await bench.rows('select element, code from incident')).toEqual([
    { element: 'Check', code: 'RUNTIME_ENDLESS_STEP' },
  ]);
});

test.each(['an instance that does not exist', 'an instance that has ended'])(
  'a command for %s is refused',
  async (which) => {
    const runtime = bench.node({ handlers: { 'order.check': check } });
    await bench.deploy(runtime, { id: 'Short', messages: { go: null }, line: [messageStart('go'), end] });
    await bench.send(runtime, { name: 'go' });
    const [ended] = await bench.instances();
    const missing = which.endsWith('exist');

    const refused = runtime.transact(bench.tenantId, ada, async (step) => {
      step.apply(missing ? bench.tenantId : (ended?.id ?? ''), { kind: 'cancel', reason: 'mistake' });
    });

    await expect(refused).rejects.toMatchObject({
      code: missing ? 'RUNTIME_INSTANCE_NOT_FOUND' : 'RUNTIME_INSTANCE_ENDED',
    });
  },
);

test('the same task completed twice at once is completed once', async () => {
  const runtime = bench.node({ handlers: { 'order.check': check } });
  await bench.deploy(runtime, order);
  await bench.send(runtime, { name: 'order.received' });
  const [task] = await bench.rows<{ instance_id: string; wait_id: string }>('select * from user_task');
  const complete = (approved: boolean) =>
    runtime.transact(bench.tenantId, ada, async (step) =>
      step.apply(task?.instance_id ?? '', {
        kind: 'completeTask',
        task: task?.wait_id ?? '',
        variables: { approved },
      }),
    );

  const results = await Promise.allSettled([complete(true), complete(false)]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await bench.rows('select state::text, result from user_task')).toEqual([
    { state: 'COMPLETED', result: { approved: true } },
  ]);
});

test('more waiting requests than the limit are refused at once', async () => {
  const runtime = bench.node({ batch: { maxSize: 2, maxQueue: 3 } });
  const submit = () => runtime.transact(bench.tenantId, ada, async () => 'done');

  const results = await Promise.allSettled(Array.from({ length: 10 }, submit));

  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'RUNTIME_OVERLOADED' });
  await expect(submit()).resolves.toBe('done');
});

test('an instance whose document is damaged is set aside, the others of the batch go on, and it recovers', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, {
    id: 'Timed',
    messages: { go: null },
    line: [messageStart('go'), waitFor('Pause', 'PT1H'), script('After', 'over', 'true'), end],
  });
  for (const businessKey of ['a', 'b', 'c']) await bench.send(runtime, { name: 'go', businessKey });
  const [damaged] = await bench.rows<{ state: unknown }>(
    `select state from process_instance where business_key = 'b'`,
  );
  await bench.rows(`update process_instance set state = '{"broken": true}' where business_key = 'b'`);
  bench.clock.advance(3_600_000);

  await runtime.idle();

  const statuses = () =>
    bench.rows('select business_key as key, status::text from process_instance order by business_key');
  expect(await statuses()).toEqual([
    { key: 'a', status: 'COMPLETED' },
    { key: 'b', status: 'ACTIVE' },
    { key: 'c', status: 'COMPLETED' },
  ]);
  expect(await bench.rows('select element, code, resolved_at from incident')).toEqual([
    { element: 'Pause', code: 'ENGINE_NOT_WAITING', resolved_at: null },
  ]);

  await bench.rows(`update process_instance set state = $1 where business_key = 'b'`, [
    JSON.stringify(damaged?.state),
  ]);
  bench.clock.advance(3_600_000);
  await runtime.idle();

  expect(await statuses()).toContainEqual({ key: 'b', status: 'COMPLETED' });
  expect(await bench.rows('select resolved_by from incident')).toEqual([{ resolved_by: 'system' }]);
});

test('a node that was stopped takes no more work', async () => {
  const runtime = bench.node();
  await runtime.stop();
  await expect(runtime.transact(bench.tenantId, ada, async () => 1)).rejects.toMatchObject({
    code: 'RUNTIME_STOPPED',
  });
});
