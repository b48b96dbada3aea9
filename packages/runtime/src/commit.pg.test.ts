import type { Database } from '@orderloom/database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ada, openBench, type TestBench } from './test-node.ts';
import { end, external, messageStart } from './test-process.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

/** The database over a connection that breaks after COMMIT was carried out and before its answer came. */
function losingAnswers(database: Database) {
  const losses = { left: 0 };
  const transaction: Database['transaction'] = async (tenantId, work, options) => {
    const result = await database.transaction(tenantId, work, options);
    if (losses.left-- > 0) throw new Error('Connection terminated unexpectedly');
    return result;
  };
  return { losses, database: { ...database, transaction } };
}

const note = (tenantId: string) =>
  ['insert into number_series values ($1, $2, 1)', [tenantId, 'once']] as const;

test('a caller is told when nobody can know whether its work was stored, and it is not done again', async () => {
  const { database, losses } = losingAnswers(bench.database);
  const runtime = bench.node({ database });
  losses.left = 1;

  const unknown = runtime.transact(bench.tenantId, ada, (step) => step.tx.query(...note(bench.tenantId)));

  await expect(unknown).rejects.toMatchObject({ code: 'RUNTIME_COMMIT_UNKNOWN' });
  expect(await bench.rows('select series from number_series')).toEqual([{ series: 'once' }]);
});

test('the answer of a job whose confirmation was lost counts once', async () => {
  const { database, losses } = losingAnswers(bench.database);
  let calls = 0;
  const runtime = bench.node({
    database,
    performJob: async () => {
      calls += 1;
      losses.left = 1;
      return {
        kind: 'completed',
        variables: {},
        record: async (tx) => void (await tx.query(...note(bench.tenantId))),
      };
    },
  });
  await bench.deploy(runtime, {
    id: 'Booking',
    messages: { go: null },
    line: [messageStart('go'), external('Book', 'carrier.book'), end],
  });

  await bench.send(runtime, { name: 'go' });
  await runtime.idle();

  expect(calls).toBe(1);
  expect(await bench.instances()).toMatchObject([{ status: 'COMPLETED', revision: 2 }]);
  expect(await bench.rows('select code from incident')).toEqual([]);
});
