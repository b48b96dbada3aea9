import { OrderloomError } from '@orderloom/kernel';
import { expect, test } from 'vitest';
import { systemActor } from './actor.ts';
import { Batcher, type RunBatch } from './batcher.ts';
import type { Submission } from './submission.ts';

/** A submission known by its number: the batch runner of a test sees which came together. */
const submission = (number: number): Submission => ({
  kind: 'work',
  actor: systemActor,
  work: async () => number,
});

const numbersOf = (submissions: readonly Submission[]): Promise<unknown[]> =>
  Promise.all(
    submissions.map((one) =>
      one.kind === 'work' ? one.work(undefined as never) : Promise.reject(new Error()),
    ),
  );

/** Runs every submission; `trouble` sees the numbers of a batch and may throw. */
function batcherWith(trouble: (numbers: readonly unknown[], batch: number) => void) {
  const batches: (readonly unknown[])[] = [];
  const run: RunBatch = async (submissions) => {
    const numbers = await numbersOf(submissions);
    batches.push(numbers);
    trouble(numbers, batches.length);
    return numbers.map((value) => ({ ok: true, value }));
  };
  const batcher = new Batcher(run, { maxSize: 3, maxQueue: 10 });
  const submitAll = (...numbers: number[]) =>
    Promise.allSettled(numbers.map((number) => batcher.submit(submission(number))));
  return { batcher, batches, submitAll };
}

const databaseError = (code: string) =>
  Object.assign(new Error('from PostgreSQL'), { code, severity: 'ERROR' });

test('what comes together runs together, up to the size of a batch, in order', async () => {
  const { batches, submitAll } = batcherWith(() => {});
  const results = await submitAll(1, 2, 3, 4, 5);
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(results).toMatchObject([1, 2, 3, 4, 5].map((value) => ({ status: 'fulfilled', value })));
});

test('a batch that fails is taken apart, and only what fails alone is refused', async () => {
  const { batches, submitAll } = batcherWith((numbers) => {
    if (numbers.includes(2)) throw new Error('two');
  });
  const results = await submitAll(1, 2, 3);
  expect(batches).toEqual([[1, 2, 3], [1], [2], [3]]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test.each(['40001', '40P01', '57P01', '08006'])(
  'after SQLSTATE %s the same batch is run again',
  async (code) => {
    const { batches, submitAll } = batcherWith((_numbers, batch) => {
      if (batch < 3) throw databaseError(code);
    });
    const results = await submitAll(1, 2);
    expect(batches).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  },
);

test('a database that stays away is told to all, after some attempts', async () => {
  const { batches, submitAll } = batcherWith(() => {
    throw new Error('Connection terminated unexpectedly');
  });
  const results = await submitAll(1, 2);
  expect(batches.length).toBeLessThan(10);
  expect(results).toMatchObject([1, 2].map(() => ({ reason: { code: 'RUNTIME_DATABASE_UNAVAILABLE' } })));
});

test('a batch of which nobody knows whether it was stored is not run again', async () => {
  const { batches, submitAll } = batcherWith(() => {
    throw new OrderloomError('RUNTIME_COMMIT_UNKNOWN', 'nobody knows');
  });
  const results = await submitAll(1, 2);
  expect(batches).toEqual([[1, 2]]);
  expect(results).toMatchObject([1, 2].map(() => ({ reason: { code: 'RUNTIME_COMMIT_UNKNOWN' } })));
});
