import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemPrincipal } from '@orderloom/access';
import { openDatabase, startEmbeddedPostgres } from '@orderloom/database';
import { must, ok, systemClock } from '@orderloom/kernel';
import {
  completeTask,
  createPlatform,
  recordTracking,
  seedDemonstration,
  takeInDocument,
  type Platform,
} from '@orderloom/operations';
import pg from 'pg';
import type { Measurement } from './measurement.ts';

const ORDERS = 400;
const CALLERS = 32;
const parcels = [{ weightGrams: 12_000, lengthMm: 600, widthMm: 400, heightMm: 300 }];

/**
 * Orders a second through the whole path: document in, reviewed by rule, stock reserved, picked, packed,
 * booked, shipped, delivered, closed. People answer at once, and so does the carrier: what is measured is the
 * product, not them. The database flushes every commit to disk.
 */
export async function measureRuntime(): Promise<Measurement> {
  await using stack = new AsyncDisposableStack();
  const dataFolder = stack.adopt(await mkdtemp(path.join(tmpdir(), 'orderloom-bench-')), (folder) =>
    rm(folder, { recursive: true, force: true }),
  );
  const server = stack.adopt(await startEmbeddedPostgres({ dataFolder }), (it) => it.stop());
  const database = stack.adopt(
    await openDatabase({ url: server.url, secret: 'benchmark', poolSize: 20 }),
    (it) => it.close(),
  );
  const platform = createPlatform({
    database,
    clock: systemClock,
    worker: true,
    log: { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) },
    plugins: { call: async ({ idempotencyKey }) => ok(booking(idempotencyKey)) },
  });
  await platform.runtime.start();
  stack.defer(() => platform.runtime.stop());
  const { tenantId } = await seedDemonstration(platform);
  const owner = stack.adopt(new pg.Pool({ connectionString: server.url }), (it) => it.end());
  await owner.query(`update stock_level set on_hand = 10000000`);

  const sample = await readFile(new URL('../../templates/documents/850-small.edi', import.meta.url), 'utf8');
  await throughThePath(platform, tenantId, owner, sample, 'W', 20); // warm up
  const startedMs = performance.now();
  await throughThePath(platform, tenantId, owner, sample, 'B', ORDERS);
  const seconds = (performance.now() - startedMs) / 1000;

  const { rows } = await owner.query<{ closed: string }>(
    `select count(*) as closed from "order" where state = 'closed'`,
  );
  const { rows: oversold } = await owner.query(`select 1 from stock_level where reserved <> 0`);
  const floorSeconds = await writeSameRows(owner);
  const { batches } = platform.runtime.stats();
  return {
    name: 'runtime',
    ours: ORDERS / seconds,
    peers: { floor: (ORDERS + 20) / floorSeconds },
    checks: {
      'every order is closed': Number(rows[0]?.closed) === ORDERS + 20,
      'nothing is left reserved': oversold.length === 0,
    },
    unit: 'orders/s',
    notes: { orders: ORDERS, callers: CALLERS, 'human tasks an order': 2, batches },
  };
}

async function throughThePath(
  platform: Platform,
  tenantId: string,
  owner: pg.Pool,
  sample: string,
  series: string,
  count: number,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => `${series}${String(index).padStart(7, '0')}`);
  const call = { platform, principal: systemPrincipal(tenantId) };
  const next = numbers.values();
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (const number of next) {
        const bytes = new TextEncoder().encode(sample.replaceAll('NW-10001', number));
        const { transactions } = await takeInDocument(call, { channel: 'bench', fileName: null, bytes });
        const { id } = must(transactions[0]?.order, `the order of ${number}`);
        const lines = await owner.query<{ sequence: number; ordered: string }>(
          `select sequence, ordered from order_line where order_id = $1`,
          [id],
        );
        const picked = lines.rows.map(({ sequence, ordered }) => ({ sequence, picked: Number(ordered) }));
        await completeTask(call, { taskId: await taskOf(owner, id), variables: { picked } });
        await completeTask(call, {
          taskId: await taskOf(owner, id),
          variables: { parcels, service: 'standard' },
        });
        await recordTracking(call, {
          trackingNumber: await trackingNumberOf(owner, id),
          events: [{ status: 'delivered', occurredAt: new Date(), text: 'Delivered' }],
        });
      }
    }),
  );
}

async function taskOf(owner: pg.Pool, orderId: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `select id from user_task where order_id = $1 and state = 'OPEN'`,
    [orderId],
  );
  return must(rows[0], 'an open task').id;
}

/** The booking is a job of its own: it is done moments after the packer's commit. */
async function trackingNumberOf(owner: pg.Pool, orderId: string): Promise<string> {
  for (;;) {
    const { rows } = await owner.query<{ tracking_number: string | null }>(
      `select tracking_number from shipment where order_id = $1`,
      [orderId],
    );
    const trackingNumber = rows[0]?.tracking_number;
    if (trackingNumber) return trackingNumber;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function booking(key: string) {
  return {
    carrierRef: key,
    trackingNumber: key,
    labels: [{ mediaType: 'application/pdf', base64: Buffer.alloc(8_000, key).toString('base64') }],
    price: { amount: '12.40', currency: 'USD' },
  };
}

/** The floor: PostgreSQL copies all rows the orders left, table by table, one commit a table. */
async function writeSameRows(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname in ('order', 'order_line', 'reservation', 'shipment', 'parcel', 'document', 'tracking_event',
          'stock_transaction', 'stock_entry', 'intake_document', 'process_instance', 'process_event', 'user_task',
          'message', 'audit_event', 'outbox_event')`,
  );
  for (const { relname } of rows) {
    await owner.query(
      `create table "floor_${relname}" (like "${relname}" including defaults including indexes)`,
    );
  }
  const startedMs = performance.now();
  for (const { relname } of rows)
    await owner.query(`insert into "floor_${relname}" select * from "${relname}"`);
  return (performance.now() - startedMs) / 1000;
}
