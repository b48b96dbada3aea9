import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@orderloom/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countWork, noteEffect } from './crash-work.ts';
import { openBench, type TestBench } from './test-node.ts';
import { end, external, messageStart, transactional } from './test-process.ts';

let bench: TestBench;
let folder: string;
beforeEach(async () => {
  bench = await openBench();
  folder = mkdtempSync(join(tmpdir(), 'orderloom-crash-'));
  writeFileSync(`${folder}/acknowledged`, '');
  writeFileSync(`${folder}/effects`, '');
});
afterEach(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

const kills = 5;

test(
  'kill -9 at any moment loses nothing that was confirmed and repeats no transactional work',
  { timeout: 90_000 },
  async () => {
    const survivor = bench.node({
      clock: systemClock,
      handlers: { 'order.count': countWork },
      performJob: noteEffect(folder),
    });
    await bench.deploy(survivor, {
      id: 'Order',
      messages: { 'order.received': null },
      line: [
        messageStart('order.received'),
        transactional('Count', 'order.count'),
        external('Book', 'carrier.book', 99),
        transactional('CountAgain', 'order.count'),
        end,
      ],
    });

    for (let i = 0; i < kills; i++) await runAndKill();

    // The leases of the killed run out; what is left is done by whoever is alive.
    const ended = async () => (await bench.instances()).every(({ status }) => status === 'COMPLETED');
    while (!(await ended())) {
      await survivor.idle();
      await sleep(50);
    }

    const acknowledged = lines('acknowledged').map((number) => `order-${number}`);
    expect(acknowledged.length).toBeGreaterThan(kills);
    const instances = await bench.instances();
    const keys = instances.map(({ business_key }) => business_key);
    expect(new Set(keys).size, 'an order sent again is not placed again').toBe(keys.length);
    expect(keys).toEqual(expect.arrayContaining(acknowledged));
    const counts = await bench.rows<{ series: string; next: string }>(
      'select series, next from number_series',
    );
    expect(new Map(counts.map(({ series, next }) => [series, Number(next)]))).toEqual(
      new Map(keys.map((key) => [key, 2])),
    );
    for (const { id, revision, event_count } of instances) {
      expect(revision, 'start and three answers').toBe(4);
      expect(await bench.history(id)).toHaveLength(event_count);
    }
    const effects = lines('effects').map((line) => line.split(' '));
    for (const key of keys) {
      const used = new Set(
        effects.filter(([order]) => order === key).map(([, idempotencyKey]) => idempotencyKey),
      );
      expect(used.size, 'repeated outside work carries the same key').toBe(1);
    }
  },
);

/** Starts a server and kills it at some moment after it has confirmed an order. */
async function runAndKill(): Promise<void> {
  const child = fork(
    fileURLToPath(new URL('./crash-node.ts', import.meta.url)),
    [bench.database.url, bench.database.secret, bench.tenantId, folder],
    { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([new Promise((resolve) => child.once('message', resolve)), exited]);
  expect(child.exitCode, 'the server is up').toBeNull();
  await sleep(20 + Math.random() * 200);
  child.kill('SIGKILL');
  await exited;
}

function lines(file: string): string[] {
  // A line cut short by the kill was never confirmed to anybody.
  return readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1).filter(Boolean);
}
