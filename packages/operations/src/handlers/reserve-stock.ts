import type { Transaction } from '@orderloom/database';
import { Decimal, must, newId } from '@orderloom/kernel';
import {
  reserveStock as decideReservations,
  type ReservationGrant,
  type StockBalance,
  type StockShortage,
} from '@orderloom/orders';
import type { JobOutcome, TransactionalHandler } from '@orderloom/runtime';
import { loadOrders, orderIdOf, wanted, type OrderRecord } from './order-batch.ts';
import { outcomeChanges, recordOrderChanges } from './record-order-changes.ts';
import { pickingLocation } from './picking-location.ts';

/**
 * Reserves what every order of the batch still needs, decided together under one lock per balance: first
 * come, first served, each order in full or not at all. Lines made to order wait for production. An order
 * that gets nothing leaves with the BPMN error INSUFFICIENT_STOCK.
 */
export const reserveStock: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now } = context;
  const orders = await loadOrders(tx, tenantId, work.map(orderIdOf));
  const locationId = await pickingLocation(tx, tenantId);
  const requests = [...orders.values()].map((order) => ({
    id: order.id,
    requestedAt: order.placedAt,
    partial: false,
    lines: order.lines
      .filter((line) => !line.makeToOrder && line.reserved.lt(wanted(line)))
      .map((line) => ({
        lineId: line.id,
        skuId: line.skuId,
        locationId,
        quantity: wanted(line).minus(line.reserved),
      })),
  }));
  const balances = await lockBalances(tx, tenantId, locationId, [
    ...new Set(requests.flatMap(({ lines }) => lines.map(({ skuId }) => skuId))),
  ]);
  const { grants, shortages } = decideReservations(balances, requests);
  await book(tx, tenantId, grants, now);

  const short = new Set(shortages.map(({ requestId }) => requestId));
  await tx.query(
    `update "order" set stock_short_at = case when id = any($3::uuid[]) then $4::timestamptz end
      where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, [...orders.keys()], [...short], now],
  );
  const outcomes = work.map((item): JobOutcome => {
    const order = must(orders.get(orderIdOf(item)), 'the order of the task');
    return short.has(order.id)
      ? { kind: 'error', code: 'INSUFFICIENT_STOCK', message: describe(order, shortages) }
      : { kind: 'completed', variables: { picked: pickList(order) } };
  });
  await recordOrderChanges(
    tx,
    context,
    outcomeChanges(work, outcomes, { completed: 'stock.reserved', error: 'stock.short', automatic: true }),
  );
  return outcomes;
};

async function lockBalances(
  tx: Transaction,
  tenantId: string,
  locationId: string,
  skuIds: readonly string[],
): Promise<readonly StockBalance[]> {
  const rows = await tx.query<{ sku_id: string; location_id: string; on_hand: string; reserved: string }>(
    `select sku_id, location_id, on_hand::text, reserved::text from stock_level
      where tenant_id = $1 and location_id = $2 and sku_id = any($3::uuid[])
      order by sku_id, location_id for update`,
    [tenantId, locationId, skuIds],
  );
  return rows.map((row) => ({
    skuId: row.sku_id,
    locationId: row.location_id,
    onHand: new Decimal(row.on_hand),
    reserved: new Decimal(row.reserved),
  }));
}

async function book(
  tx: Transaction,
  tenantId: string,
  grants: readonly ReservationGrant[],
  now: Date,
): Promise<void> {
  if (grants.length === 0) return;
  await tx.query(
    `insert into reservation (tenant_id, id, order_id, line_id, sku_id, location_id, quantity, created_at)
     select $1, g.id, g.order_id, g.line_id, g.sku_id, g.location_id, g.quantity, $8
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::numeric[])
            as g(id, order_id, line_id, sku_id, location_id, quantity)`,
    [
      tenantId,
      grants.map(() => newId()),
      grants.map(({ requestId }) => requestId),
      grants.map(({ lineId }) => lineId),
      grants.map(({ skuId }) => skuId),
      grants.map(({ locationId }) => locationId),
      grants.map(({ quantity }) => quantity.toFixed()),
      now,
    ],
  );
  await tx.query(
    `update stock_level set reserved = reserved + g.quantity
       from (select sku_id, location_id, sum(quantity) as quantity
               from unnest($2::uuid[], $3::uuid[], $4::numeric[]) as g(sku_id, location_id, quantity)
              group by sku_id, location_id) g
      where stock_level.tenant_id = $1 and stock_level.sku_id = g.sku_id and stock_level.location_id = g.location_id`,
    [
      tenantId,
      grants.map(({ skuId }) => skuId),
      grants.map(({ locationId }) => locationId),
      grants.map(({ quantity }) => quantity.toFixed()),
    ],
  );
  await tx.query(
    `update order_line set reserved = reserved + g.quantity
       from unnest($2::uuid[], $3::numeric[]) as g(line_id, quantity)
      where order_line.tenant_id = $1 and order_line.id = g.line_id`,
    [tenantId, grants.map(({ lineId }) => lineId), grants.map(({ quantity }) => quantity.toFixed())],
  );
}

function describe(order: OrderRecord, shortages: readonly StockShortage[]): string {
  const missing = shortages
    .filter(({ requestId }) => requestId === order.id)
    .map(({ lineId, quantity, available }) => {
      const line = must(
        order.lines.find(({ id }) => id === lineId),
        'the short line',
      );
      return `${line.skuCode}: ${quantity.toFixed()} needed, ${available.toFixed()} there`;
    });
  return `Not enough stock. ${missing.join('; ')}.`;
}

/** What the picking form starts from: every line with what is to be picked. */
function pickList(order: OrderRecord) {
  return order.lines.map((line) => ({
    sequence: line.sequence,
    sku: line.skuCode,
    description: line.description,
    quantity: wanted(line).toNumber(),
    picked: wanted(line).toNumber(),
  }));
}
