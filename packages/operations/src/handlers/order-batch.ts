import type { Transaction } from '@orderloom/database';
import { Decimal, must } from '@orderloom/kernel';
import type { LineFacts } from '@orderloom/orders';
import type { TransactionalWork } from '@orderloom/runtime';

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
