import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, newId } from '@orderloom/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ada, openBench, type TestBench } from './test-node.ts';
import { flow, messageStart, receive, transactional } from './test-process.ts';
import type { Runtime } from './runtime.ts';
import type { TransactionalHandler } from './work.ts';

let bench: TestBench;
let nodes: readonly Runtime[];

/** Adds one to the series of the account: a repeated or forgotten run shows. */
const count: TransactionalHandler = async (tx, work, { tenantId }) => {
  for (const { variables } of work) {
    await tx.query(
      `insert into number_series (tenant_id, series, next) values ($1, $2, 1)
       on conflict (tenant_id, series) do update set next = number_series.next + 1`,
      [tenantId, variables['account']],
    );
  }
  return work.map(() => ({ kind: 'completed', variables: {} }));
};

beforeAll(async () => {
  bench = await openBench();
  nodes = [0, 1, 2].map(() => bench.node({ handlers: { 'account.count': count } }));
  await bench.deploy(nodes[0] as Runtime, {
    id: 'Account',
    messages: { open: null, add: '=account' },
    line: [
      messageStart('open'),
      '<bpmn:exclusiveGateway id="Again"/>',
      receive('Await', 'add'),
      transactional('Count', 'account.count'),
    ],
    beside: [flow('Count', 'Again')],
  });
});
afterAll(() => bench.close());

const accounts = 3;
const operation = fc.record({
  kind: fc.constantFrom('add', 'add', 'set', 'throw'),
  account: fc.nat(accounts - 1),
  node: fc.nat(2),
  delayMs: fc.nat(15),
});

test('however submissions of several nodes interleave, each command is applied once and the history is gapless', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 40 }), async (operations) => {
      run += 1;
      const keys = Array.from({ length: accounts }, (_, index) => `run-${run}-account-${index}`);
      for (const account of keys) {
        await bench.send(must(nodes[0], 'a node'), {
          name: 'open',
          businessKey: account,
          variables: { account },
        });
      }
      await Promise.all(
        operations.map(async ({ kind, account, node, delayMs }) => {
          await sleep(delayMs);
          await act(must(nodes[node], 'a node'), kind, must(keys[account], 'an account'));
        }),
      );

      for (const [index, account] of keys.entries()) {
        const of = (kind: string) =>
          operations.filter((done) => done.kind === kind && done.account === index).length;
        const [instance] = await bench.rows<{ id: string; revision: number; event_count: number }>(
          'select id, revision, event_count from process_instance where business_key = $1',
          [account],
        );
        const [series] = await bench.rows<{ next: string }>(
          'select next from number_series where series = $1',
          [account],
        );
        expect(Number(series?.next ?? 0), 'transactional work runs once a message').toBe(of('add'));
        expect(instance?.revision, 'start, two commands an addition, one a setting').toBe(
          1 + 2 * of('add') + of('set'),
        );
        const sequence = await bench.rows<{ sequence: number }>(
          'select sequence from process_event where instance_id = $1 order by sequence',
          [instance?.id],
        );
        expect(sequence.map((row) => row.sequence)).toEqual(
          Array.from({ length: instance?.event_count ?? 0 }, (_, place) => place + 1),
        );
      }
    }),
    { numRuns: 12 },
  );
});

async function act(node: Runtime, kind: string, account: string): Promise<void> {
  switch (kind) {
    case 'add':
      await bench.send(node, { name: 'add', correlationKey: account, messageId: newId() });
      return;
    case 'set':
      await node.transact(bench.tenantId, ada, async (step) => {
        const [instance] = await step.tx.query<{ id: string }>(
          'select id from process_instance where business_key = $1',
          [account],
        );
        step.apply(must(instance, account).id, { kind: 'setVariables', variables: { note: 'seen' } });
      });
      return;
    default:
      await expect(
        node.transact(bench.tenantId, ada, async (step) => {
          step.correlate({ name: 'add', correlationKey: account, variables: {} });
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
  }
}
