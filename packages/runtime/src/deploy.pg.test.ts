import { afterEach, beforeEach, expect, test } from 'vitest';
import { ada, openBench, type TestBench } from './test-node.ts';
import { end, messageStart, rule, userTask } from './test-process.ts';
import type { Runtime } from './runtime.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const limitOf = (limit: number) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="Definitions" name="Limit" namespace="http://orderloom.dev/test">
  <inputData id="Input" name="amount"><variable id="Variable" name="amount"/></inputData>
  <decision id="over-limit" name="over limit">
    <variable id="Result" name="over limit"/>
    <informationRequirement id="Requirement"><requiredInput href="#Input"/></informationRequirement>
    <literalExpression id="Expression"><text>amount &gt; ${limit}</text></literalExpression>
  </decision>
</definitions>`;

const deployLimit = (runtime: Runtime, limit: number) =>
  bench.database.transaction(bench.tenantId, (tx) =>
    runtime.deployDecisions(tx, {
      tenantId: bench.tenantId,
      xml: limitOf(limit),
      actor: ada,
      now: bench.clock.now(),
    }),
  );

const review = {
  id: 'Review',
  messages: { go: null },
  line: [messageStart('go'), rule('Rules', 'over-limit', 'over'), userTask('Look'), end],
};

test('a rule asks the latest version of its decision, whatever version of the process runs', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, review);
  await deployLimit(runtime, 100);
  await bench.send(runtime, { name: 'go', variables: { amount: 50 } });
  await deployLimit(runtime, 10);
  await bench.send(runtime, { name: 'go', variables: { amount: 50 } });
  expect((await bench.instances()).map(({ variables }) => variables['over'])).toEqual([false, true]);
});

test('deploying the same text again makes no new version, another text does', async () => {
  const runtime = bench.node();
  const versions = [];
  for (const limit of [100, 100, 10, 100]) versions.push(...(await deployLimit(runtime, limit)));
  expect(versions.map(({ key, version, created }) => [key, version, created])).toEqual([
    ['over-limit', 1, true],
    ['over-limit', 1, false],
    ['over-limit', 2, true],
    ['over-limit', 3, true],
  ]);
});

test('two who deploy at once get one version after the other', async () => {
  const runtime = bench.node();
  const deployed = await Promise.all([1, 2, 3, 4].map((limit) => deployLimit(runtime, limit)));
  expect(
    deployed
      .flat()
      .map(({ version }) => version)
      .toSorted((a, b) => a - b),
  ).toEqual([1, 2, 3, 4]);
});

test('a decision that is not deployed is an incident', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, review);
  await bench.send(runtime, { name: 'go' });
  expect(await bench.rows('select element, code from incident')).toEqual([
    { element: 'Rules', code: 'DECISION_NOT_FOUND' },
  ]);
});

test('a process that cannot run is refused with its findings', async () => {
  const runtime = bench.node();
  await expect(
    bench.deploy(runtime, { id: 'Broken', messages: {}, line: [messageStart('nobody'), end] }),
  ).rejects.toMatchObject({ code: 'BPMN_NOT_DEPLOYABLE' });
});
