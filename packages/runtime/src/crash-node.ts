// A server process for the crash test: places orders one after the other, notes those that were confirmed,
// and works their jobs until it is killed.
import { appendFileSync, readFileSync } from 'node:fs';
import { openDatabase } from '@orderloom/database';
import { systemClock } from '@orderloom/kernel';
import { systemActor } from './actor.ts';
import { countWork, noteEffect } from './crash-work.ts';
import { createRuntime } from './runtime.ts';

const [url = '', secret = '', tenantId = '', folder = ''] = process.argv.slice(2);
const database = await openDatabase({ url, secret, poolSize: 4 });
const runtime = createRuntime({
  database,
  clock: systemClock,
  log: { info() {}, warn() {}, error() {} },
  handlers: { 'order.count': countWork },
  performJob: noteEffect(folder),
  leaseMs: 500,
});
await runtime.start();

const acknowledged = readFileSync(`${folder}/acknowledged`, 'utf8').split('\n').filter(Boolean);
let next = Number(acknowledged.at(-1) ?? 0) + 1;

async function placeOrders(): Promise<never> {
  for (;;) {
    const number = next++;
    await runtime.transact(tenantId, systemActor, async (step) => {
      step.correlate({
        name: 'order.received',
        correlationKey: null,
        businessKey: `order-${number}`,
        messageId: `order-${number}`,
        variables: { order: number },
      });
    });
    appendFileSync(`${folder}/acknowledged`, `${number}\n`);
    process.send?.(number);
  }
}

// Several callers, so that a kill hits batches of more than one.
await Promise.all(Array.from({ length: 4 }, placeOrders));
