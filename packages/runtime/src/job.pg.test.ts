import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from './test-node.ts';
import { end, endAt, external, flow, messageStart, onRefusal, timeLimit, userTask } from './test-process.ts';
import type { ExternalJob, JobOutcome } from './work.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const booking = {
  id: 'Booking',
  messages: { go: null },
  line: [messageStart('go'), external('Book', 'plugin:own-fleet/carrier/book'), userTask('Load'), end],
  beside: [onRefusal('Refused', 'Book'), endAt('Given'), flow('Refused', 'Given')],
};

const completed: JobOutcome = { kind: 'completed', variables: { label: 'L1' } };
const failed: JobOutcome = {
  kind: 'failed',
  code: 'CARRIER_DOWN',
  message: 'The carrier does not answer.',
  retryable: true,
};

/** Answers attempt by attempt, the last for ever, and remembers the calls. */
function worker(...outcomes: readonly [JobOutcome, ...JobOutcome[]]) {
  const calls: ExternalJob[] = [];
  return {
    calls,
    performJob: async (job: ExternalJob) => {
      calls.push(job);
      return outcomes[calls.length - 1] ?? outcomes.at(-1) ?? completed;
    },
  };
}

test('a job is run by the node that made it and its answer moves the instance on', async () => {
  const { calls, performJob } = worker(completed);
  const runtime = bench.node({ performJob });
  await bench.deploy(runtime, booking);

  await bench.send(runtime, { name: 'go', businessKey: 'PO-1', variables: { weight: 3 } });
  await runtime.idle();

  expect(calls).toMatchObject([
    {
      element: 'Book',
      type: 'plugin:own-fleet/carrier/book',
      businessKey: 'PO-1',
      variables: { weight: 3 },
      attempt: 1,
    },
  ]);
  expect(await bench.waitingAt()).toEqual(['Load']);
  const [instance] = await bench.instances();
  expect(instance?.variables).toMatchObject({ label: 'L1' });
  expect(calls[0]?.idempotencyKey).toBe(`${instance?.id}:${calls[0]?.jobId}`);
  expect(await bench.rows('select id from job')).toEqual([]);
  expect(await bench.rows(`select distinct actor from process_event order by actor`)).toEqual([
    { actor: 'plugin:own-fleet' },
    { actor: 'user:ada' },
  ]);
});

test('what an answer records is written with it, or not at all', async () => {
  const record = (name: string): JobOutcome => ({
    ...completed,
    record: async (tx, { tenantId }) => {
      await tx.query('insert into number_series (tenant_id, series, next) values ($1, $2, 1)', [
        tenantId,
        name,
      ]);
    },
  });
  const runtime = bench.node({ performJob: async ({ businessKey }) => record(businessKey ?? '') });
  await bench.deploy(runtime, booking);
  await bench.send(runtime, { name: 'go', businessKey: 'label' });
  await runtime.idle();
  expect(await bench.rows('select series as name from number_series')).toEqual([{ name: 'label' }]);
  expect(await bench.waitingAt()).toEqual(['Load']);

  await bench.send(runtime, { name: 'go', businessKey: 'label' });
  await runtime.idle();
  expect(await bench.waitingAt(), 'the same name again breaks a unique key').toEqual(['Load', 'Book']);
  expect(await bench.rows('select element, code from incident')).toEqual([
    { element: 'Book', code: 'RUNTIME_STEP_FAILED' },
  ]);
});

test('a BPMN error from a worker is caught where the process says', async () => {
  const { performJob } = worker({ kind: 'error', code: 'REFUSED', message: 'Too heavy.' });
  const runtime = bench.node({ performJob });
  await bench.deploy(runtime, booking);
  await bench.send(runtime, { name: 'go' });
  await runtime.idle();
  const [instance] = await bench.instances();
  expect(instance?.status).toBe('COMPLETED');
  expect(await bench.history(instance?.id ?? '')).toContain('element.completed Given');
});

test('a failed job is tried again after a while, with the same key', async () => {
  const { calls, performJob } = worker(failed, failed, completed);
  const runtime = bench.node({ performJob });
  await bench.deploy(runtime, booking);
  await bench.send(runtime, { name: 'go' });
  await runtime.idle();
  expect(calls).toHaveLength(1);

  bench.clock.advance(1000); // the longest first pause
  await runtime.idle();
  bench.clock.advance(2000);
  await runtime.idle();

  expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(await bench.waitingAt()).toEqual(['Load']);
});

test('a worker says how long to wait', async () => {
  const { calls, performJob } = worker({ ...failed, retryAfterMs: 60_000 }, completed);
  const runtime = bench.node({ performJob });
  await bench.deploy(runtime, booking);
  await bench.send(runtime, { name: 'go' });
  await runtime.idle();
  bench.clock.advance(59_999);
  await runtime.idle();
  expect(calls).toHaveLength(1);
  bench.clock.advance(1);
  await runtime.idle();
  expect(calls).toHaveLength(2);
});

test.each<[string, JobOutcome | 'throws', number, string]>([
  ['its attempts are used up', failed, 3, 'CARRIER_DOWN'],
  ['it may not be tried again', { ...failed, retryable: false }, 1, 'CARRIER_DOWN'],
  ['the worker throws every time', 'throws', 3, 'RUNTIME_JOB_THREW'],
])('a job becomes an incident when %s', async (_when, outcome, attempts, code) => {
  let calls = 0;
  const runtime = bench.node({
    performJob: async () => {
      calls += 1;
      if (outcome === 'throws') throw new TypeError('undefined is not a function');
      return outcome;
    },
  });
  await bench.deploy(runtime, booking);
  await bench.send(runtime, { name: 'go' });
  for (let i = 0; i < 5; i++) {
    await runtime.idle();
    bench.clock.advance(10_000);
  }
  expect(calls).toBe(attempts);
  expect(await bench.rows('select element, code from incident')).toEqual([{ element: 'Book', code }]);
  expect(await bench.rows('select id from job')).toEqual([]);

  const [incident] = await bench.rows<{ instance_id: string; id: string }>(
    'select instance_id, id from incident',
  );
  await runtime.transact(bench.tenantId, { kind: 'user', id: 'ada', name: 'Ada' }, async (step) => {
    step.apply(incident?.instance_id ?? '', { kind: 'retryIncident', incident: incident?.id ?? '' });
  });
  await runtime.idle();
  expect(calls, 'retrying the incident offers the job again').toBe(attempts + 1);
});

/** A worker that never answers; resolves `called` when it has the job. */
function frozen() {
  const { promise: called, resolve } = Promise.withResolvers<ExternalJob>();
  const { promise: answer, resolve: thaw } = Promise.withResolvers<JobOutcome>();
  return {
    called,
    thaw,
    performJob: (job: ExternalJob) => {
      resolve(job);
      return answer;
    },
  };
}

test('a lease that runs out goes to another node, and the late answer is refused', async () => {
  const zombie = frozen();
  const { calls, performJob } = worker({ kind: 'completed', variables: { by: 'second' } });
  const first = bench.node({ performJob: zombie.performJob, leaseMs: 60_000 });
  const second = bench.node({ performJob });
  await bench.deploy(first, booking);
  await bench.send(first, { name: 'go' });
  await zombie.called;
  await second.idle();
  expect(calls, 'the lease is kept').toEqual([]);

  bench.clock.advance(60_000);
  await second.idle();
  zombie.thaw({ kind: 'completed', variables: { by: 'first' } });
  await first.idle();

  expect(calls).toMatchObject([{ attempt: 2, idempotencyKey: (await zombie.called).idempotencyKey }]);
  expect((await bench.instances())[0]).toMatchObject({ variables: { by: 'second' } });
  expect(await bench.waitingAt()).toEqual(['Load']);
});

test('a late answer is refused also while the other node is still working', async () => {
  const [zombie, successor] = [frozen(), frozen()];
  const first = bench.node({ performJob: zombie.performJob, leaseMs: 60_000 });
  const second = bench.node({ performJob: successor.performJob });
  await bench.deploy(first, booking);
  await bench.send(first, { name: 'go' });
  await zombie.called;
  bench.clock.advance(60_000);
  void second.idle();
  await successor.called;

  zombie.thaw({ kind: 'completed', variables: { by: 'first' } });
  await first.idle();
  expect(await bench.waitingAt()).toEqual(['Book']);

  successor.thaw({ kind: 'completed', variables: { by: 'second' } });
  await second.idle();
  expect((await bench.instances())[0]).toMatchObject({ variables: { by: 'second' } });
});

test('a job that keeps killing its workers becomes an incident', async () => {
  const victims = [frozen(), frozen(), frozen()];
  const nodes = victims.map(({ performJob }) => bench.node({ performJob, leaseMs: 60_000 }));
  for (const [index, node] of nodes.entries()) {
    if (index === 0) {
      await bench.deploy(node, booking);
      await bench.send(node, { name: 'go' });
    } else void node.idle();
    await victims[index]?.called;
    bench.clock.advance(60_000);
  }
  const survivor = bench.node();
  await survivor.idle();
  expect(await bench.rows('select element, code from incident')).toEqual([
    { element: 'Book', code: 'RUNTIME_JOB_LOST' },
  ]);
  for (const { thaw } of victims) thaw(completed);
});

test('a job that is no longer wanted is withdrawn and its answer refused', async () => {
  const slow = frozen();
  const runtime = bench.node({ performJob: slow.performJob, leaseMs: 3_600_000 });
  await bench.deploy(runtime, {
    ...booking,
    beside: [timeLimit('TooLong', 'Book', 'PT5M'), endAt('GivenUp'), flow('TooLong', 'GivenUp')],
  });
  await bench.send(runtime, { name: 'go' });
  await slow.called;
  bench.clock.advance(5 * 60_000);
  const other = bench.node();
  await other.idle();
  expect((await bench.instances())[0]?.status).toBe('COMPLETED');

  slow.thaw(completed);
  await runtime.idle();
  expect(await bench.rows('select id from job')).toEqual([]);
  expect((await bench.instances())[0]?.variables).not.toHaveProperty('label');
});

test('a node that does no jobs leaves them to one that does', async () => {
  const { calls, performJob } = worker(completed);
  const front = bench.node({
    roles: { worker: false },
    performJob: () => Promise.reject(new Error('not mine')),
  });
  const back = bench.node({ performJob });
  await bench.deploy(front, booking);
  await bench.send(front, { name: 'go' });
  await front.idle();
  expect(await bench.rows('select state::text from job')).toEqual([{ state: 'WAITING' }]);
  await back.idle();
  expect(calls).toHaveLength(1);
  expect(await bench.waitingAt()).toEqual(['Load']);
});

test('a node runs no more jobs at a time than it may', async () => {
  let [running, most] = [0, 0];
  const runtime = bench.node({
    concurrency: 3,
    performJob: async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return completed;
    },
  });
  await bench.deploy(runtime, booking);
  await Promise.all(Array.from({ length: 10 }, () => bench.send(runtime, { name: 'go' })));
  await runtime.idle();
  expect(most).toBe(3);
  expect(await bench.waitingAt()).toEqual(Array.from({ length: 10 }, () => 'Load'));
});

test('a node that stops gives back what it cannot finish, at no cost of an attempt', async () => {
  const slow = frozen();
  const runtime = bench.node({ performJob: slow.performJob, leaseMs: 30 });
  await bench.deploy(runtime, booking);
  await bench.send(runtime, { name: 'go' });
  const { signal } = await slow.called;

  await runtime.stop();

  expect(signal.aborted).toBe(true);
  expect(await bench.rows('select state::text, attempts_left, leased_by from job')).toEqual([
    { state: 'WAITING', attempts_left: 3, leased_by: null },
  ]);
});

test('running nodes find work by themselves, wherever it was made', async () => {
  const { performJob } = worker(completed);
  const front = bench.node({ roles: { worker: false } });
  const back = bench.node({ performJob });
  await front.start();
  await back.start();
  await bench.deploy(front, booking);
  const told = new Promise((resolve) => {
    front.onChange((change) => {
      void bench.waitingAt().then((elements) => elements.includes('Load') && resolve(change));
    });
  });

  await bench.send(front, { name: 'go', businessKey: 'PO-1' });

  expect(await told).toMatchObject({ tenantId: bench.tenantId, businessKey: 'PO-1' });
});
