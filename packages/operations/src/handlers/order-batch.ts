import { recordOutboxEvent, type Transaction } from '@orderloom/database';
import { Decimal, must } from '@orderloom/kernel';
import { orderState, type LineFacts } from '@orderloom/orders';
import { systemActor, type StepContext, type JobOutcome, type TransactionalWork } from '@orderloom/runtime';
import { recordDeeds } from '../audit.ts';

/** An order as the handlers see it, with what each of its lines has reached. */
export interface OrderRecord {
  readonly id: string;
  readonly number: string;
  readonly partyId: string;
  readonly currency: string;
  readonly total: bigint;
  readonly placedAt: Date;
  readonly approvedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly closedAt: Date | null;
  readonly stockShortAt: Date | null;
  readonly holds: readonly { readonly releasedAt: Date | null }[];
  readonly lines: readonly LineRecord[];
}

export interface LineRecord extends LineFacts {
  readonly id: string;
  readonly sequence: number;
  readonly skuId: string;
  readonly skuCode: string;
  readonly description: string;
  readonly unitPrice: Decimal;
  readonly listPrice: Decimal;
  readonly makeToOrder: boolean;
}

/** What the process variable `orderId` of a task names. Every task of the order process carries it. */
export function orderIdOf(work: TransactionalWork): string {
  const { orderId } = work.variables;
  return must(typeof orderId === 'string' ? orderId : null, `the variable orderId at ${work.element}`);
}

/** How much of a line is still wanted. */
export function wanted(line: LineFacts): Decimal {
  return line.ordered.minus(line.cancelled);
}

/**
 * The orders of a batch, locked in the order of their ids, so that two batches can never wait for each
 * other, with lines by sequence.
 */
export async function loadOrders(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OrderRecord>> {
  const unique = [...new Set(ids)].toSorted();
  const orders = await tx.query<{
    id: string;
    number: string;
    party_id: string;
    currency: string;
    total: string;
    placed_at: Date;
    approved_at: Date | null;
    cancelled_at: Date | null;
    closed_at: Date | null;
    stock_short_at: Date | null;
  }>(
    `select id, number, party_id, currency, total::text, placed_at, approved_at, cancelled_at, closed_at, stock_short_at
       from "order" where tenant_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tenantId, unique],
  );
  const holds = await tx.query<{ order_id: string; released_at: Date | null }>(
    `select order_id, released_at from hold where tenant_id = $1 and order_id = any($2::uuid[])`,
    [tenantId, unique],
  );
  const lines = await loadLines(tx, tenantId, unique);
  return new Map(
    orders.map((row) => [
      row.id,
      {
        id: row.id,
        number: row.number,
        partyId: row.party_id,
        currency: row.currency,
        total: BigInt(row.total),
        placedAt: row.placed_at,
        approvedAt: row.approved_at,
        cancelledAt: row.cancelled_at,
        closedAt: row.closed_at,
        stockShortAt: row.stock_short_at,
        holds: holds
          .filter(({ order_id }) => order_id === row.id)
          .map(({ released_at }) => ({ releasedAt: released_at })),
        lines: lines.get(row.id) ?? [],
      },
    ]),
  );
}

async function loadLines(
  tx: Transaction,
  tenantId: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly LineRecord[]>> {
  const rows = await tx.query<{
    order_id: string;
    id: string;
    sequence: number;
    sku_id: string;
    sku_code: string;
    description: string;
    ordered: string;
    reserved: string;
    picked: string;
    packed: string;
    shipped: string;
    delivered: string;
    cancelled: string;
    unit_price: string;
    list_price: string;
    make_to_order: boolean;
  }>(
    `select line.order_id, line.id, line.sequence, line.sku_id, line.sku_code, line.description,
            line.ordered::text, line.reserved::text, line.picked::text, line.packed::text, line.shipped::text,
            line.delivered::text, line.cancelled::text, line.unit_price::text, line.list_price::text,
            sku.make_to_order
       from order_line line
       join sku on sku.tenant_id = line.tenant_id and sku.id = line.sku_id
      where line.tenant_id = $1 and line.order_id = any($2::uuid[])
      order by line.order_id, line.sequence`,
    [tenantId, orderIds],
  );
  return Map.groupBy(
    rows.map((row) => ({
      orderId: row.order_id,
      id: row.id,
      sequence: row.sequence,
      skuId: row.sku_id,
      skuCode: row.sku_code,
      description: row.description,
      ordered: new Decimal(row.ordered),
      reserved: new Decimal(row.reserved),
      picked: new Decimal(row.picked),
      packed: new Decimal(row.packed),
      shipped: new Decimal(row.shipped),
      delivered: new Decimal(row.delivered),
      cancelled: new Decimal(row.cancelled),
      unitPrice: new Decimal(row.unit_price),
      listPrice: new Decimal(row.list_price),
      makeToOrder: row.make_to_order,
    })),
    ({ orderId }) => orderId,
  );
}

/** What a piece of work did to its order, for the record. */
export interface OrderChange {
  readonly work: TransactionalWork;
  /** `stock.reserved`: noun and past participle. */
  readonly action: string;
  /** Nobody decided it: it is recorded as the product's own doing, not as that of whoever set it off. */
  readonly automatic?: boolean;
  readonly reason?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Closes the work of a handler on its orders: derives their states anew from the facts just written, and
 * records who did what and why, for the history and for the outside.
 */
export async function recordOrderChanges(
  tx: Transaction,
  context: StepContext,
  changes: readonly OrderChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const { tenantId, now } = context;
  const orders = await loadOrders(
    tx,
    tenantId,
    changes.map(({ work }) => orderIdOf(work)),
  );
  const states = [...orders.values()].map((order) => ({ id: order.id, state: orderState(order).name }));
  await tx.query(
    `update "order" set state = derived.state
       from unnest($2::uuid[], $3::text[]) as derived(id, state)
      where "order".tenant_id = $1 and "order".id = derived.id and "order".state <> derived.state`,
    [tenantId, states.map(({ id }) => id), states.map(({ state }) => state)],
  );
  await recordDeeds(
    tx,
    changes.map(({ work, action, automatic = false, reason = null, data = {} }) => ({
      tenantId,
      orderId: orderIdOf(work),
      action,
      actor: automatic ? systemActor : work.actor,
      reason,
      data,
      at: now,
    })),
  );
  await recordOutboxEvent(
    tx,
    changes.map(({ work, action }) => ({
      tenantId,
      topic: action,
      payload: { orderId: orderIdOf(work) },
      at: now,
    })),
  );
}

/** Of work that either succeeds or leaves with a BPMN error: what it is called either way, with the error as reason. */
export function outcomeChanges(
  work: readonly TransactionalWork[],
  outcomes: readonly JobOutcome[],
  actions: { readonly completed: string; readonly error: string; readonly automatic?: boolean },
): readonly OrderChange[] {
  const { automatic = false } = actions;
  return work.map((item, index) => {
    const outcome = must(outcomes[index], 'an outcome for each piece of work');
    return outcome.kind === 'error'
      ? { work: item, automatic, action: actions.error, reason: outcome.message }
      : { work: item, automatic, action: actions.completed };
  });
}

export const completed = (variables: TransactionalWork['variables'] = {}): JobOutcome => ({
  kind: 'completed',
  variables,
});
