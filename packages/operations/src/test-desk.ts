import { readFile } from 'node:fs/promises';
import { systemPrincipal, type Principal, type Role } from '@orderloom/access';
import type { Variables } from '@orderloom/engine';
import { must, ok } from '@orderloom/kernel';
import { fakeClock, openTestDatabase, type FakeClock, type TestDatabase } from '@orderloom/testing';
import {
  completeTask,
  createPlatform,
  recordTracking,
  seedDemonstration,
  takeInDocument,
  type IntakeOutcome,
  type Platform,
  type PluginCall,
  type PluginGateway,
} from './index.ts';

/** The demonstration company with its whole office at hand: verbs of users, and looks into the books. */
export interface Desk extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly platform: Platform;
  readonly clock: FakeClock;
  readonly tenantId: string;
  /** Every call the carrier got, in order. */
  readonly carrierCalls: readonly PluginCall[];
  as(...roles: readonly Role[]): Principal;
  /** Takes in a sample document, or the given text; worked until nothing is due. */
  takeIn(document: string, change?: (text: string) => string): Promise<IntakeOutcome>;
  /** The one order a document made. */
  order(document: string, change?: (text: string) => string): Promise<string>;
  openTasks(orderId: string): Promise<readonly string[]>;
  /** Completes the open task of that name as somebody of the role it is offered to. */
  complete(orderId: string, task: string, variables: Variables): Promise<void>;
  pickAll(orderId: string): Promise<void>;
  track(orderId: string, status: string, occurredAt?: Date): Promise<void>;
  state(orderId: string): Promise<string>;
  deeds(orderId: string): Promise<readonly string[]>;
  stock(sku: string): Promise<{ readonly onHand: number; readonly reserved: number }>;
  setStock(sku: string, onHand: number): Promise<void>;
}

export const parcels = [{ weightGrams: 12_000, lengthMm: 600, widthMm: 400, heightMm: 300 }];

const LABEL = Buffer.from('%PDF-1.4 a label').toString('base64');

/** A carrier that books whatever it gets and, like every carrier must, answers a repeated key alike. */
export const obligingCarrier: PluginGateway['call'] = async ({ idempotencyKey, input }) => {
  const { parcels } = input as { readonly parcels: readonly { readonly sscc: string }[] };
  return ok({
    carrierRef: `ref:${idempotencyKey}`,
    trackingNumber: `track:${idempotencyKey}`,
    labels: parcels.map(({ sscc }) => ({ mediaType: 'application/pdf', base64: LABEL, parcelSscc: sscc })),
    price: { amount: '12.40', currency: 'USD' },
  });
};

export async function openDesk(carrier: PluginGateway['call'] = obligingCarrier): Promise<Desk> {
  const database = await openTestDatabase();
  const clock = fakeClock();
  const carrierCalls: PluginCall[] = [];
  const platform = createPlatform({
    database,
    clock,
    worker: true,
    log: { info() {}, warn() {}, error() {} },
    plugins: {
      call(call) {
        carrierCalls.push(call);
        return carrier(call);
      },
    },
  });
  await platform.runtime.start();
  const { tenantId } = await seedDemonstration(platform);
  const as = (...roles: readonly Role[]): Principal => ({
    kind: 'user',
    id: roles.join('+'),
    name: roles.join(' and '),
    tenantId,
    roles,
  });
  const settle = () => platform.runtime.idle();

  const desk: Desk = {
    database,
    platform,
    clock,
    tenantId,
    carrierCalls,
    as,
    async takeIn(document, change = (text) => text) {
      const file = new URL(`../../templates/documents/${document}.edi`, import.meta.url);
      const bytes = new TextEncoder().encode(change(await readFile(file, 'utf8')));
      const call = { platform, principal: systemPrincipal(tenantId) };
      const outcome = await takeInDocument(call, { channel: 'test', fileName: `${document}.edi`, bytes });
      await settle();
      return outcome;
    },
    async order(document, change) {
      const { transactions } = await desk.takeIn(document, change);
      return must(transactions[0]?.order, `the order of ${document}`).id;
    },
    async openTasks(orderId) {
      const rows = await database.asOwner<{ name: string }>(
        `select name from user_task where order_id = $1 and state = 'OPEN' order by name`,
        [orderId],
      );
      return rows.map(({ name }) => name);
    },
    async complete(orderId, name, variables) {
      const [task] = await database.asOwner<{ id: string; candidate_groups: Role[] }>(
        `select id, candidate_groups from user_task where order_id = $1 and state = 'OPEN' and name = $2`,
        [orderId, name],
      );
      const { id, candidate_groups: roles } = must(task, `an open task "${name}"`);
      await completeTask({ platform, principal: as(must(roles[0], 'a role')) }, { taskId: id, variables });
      await settle();
    },
    async pickAll(orderId) {
      const lines = await database.asOwner<{ sequence: number; wanted: string }>(
        `select sequence, (ordered - cancelled)::text as wanted from order_line where order_id = $1`,
        [orderId],
      );
      const picked = lines.map(({ sequence, wanted }) => ({ sequence, picked: Number(wanted) }));
      await desk.complete(orderId, 'Pick goods', { picked });
    },
    async track(orderId, status, occurredAt = clock.now()) {
      const [shipment] = await database.asOwner<{ tracking_number: string }>(
        `select tracking_number from shipment where order_id = $1`,
        [orderId],
      );
      await recordTracking(
        { platform, principal: as('warehouse') },
        {
          trackingNumber: must(shipment, 'a shipment').tracking_number,
          events: [{ status, occurredAt, text: status }],
        },
      );
      await settle();
    },
    async state(orderId) {
      const [row] = await database.asOwner<{ state: string }>(`select state from "order" where id = $1`, [
        orderId,
      ]);
      return must(row, 'the order').state;
    },
    async deeds(orderId) {
      const rows = await database.asOwner<{ action: string }>(
        `select action from audit_event where order_id = $1 order by id`,
        [orderId],
      );
      return rows.map(({ action }) => action);
    },
    async stock(sku) {
      const [row] = await database.asOwner<{ on_hand: string; reserved: string }>(
        `select on_hand::text, reserved::text from stock_level join sku on sku.id = sku_id where sku.code = $1`,
        [sku],
      );
      return { onHand: Number(row?.on_hand ?? 0), reserved: Number(row?.reserved ?? 0) };
    },
    async setStock(sku, onHand) {
      await database.asOwner(
        `update stock_level set on_hand = $2 from sku where sku.id = sku_id and sku.code = $1`,
        [sku, onHand],
      );
    },
    async [Symbol.asyncDispose]() {
      await platform.runtime.stop();
      await database.close();
    },
  };
  return desk;
}
