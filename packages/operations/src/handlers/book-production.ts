import { Decimal, must, newId } from '@orderloom/kernel';
import { formatActor, type TransactionalHandler } from '@orderloom/runtime';
import { loadOrders, orderIdOf, wanted } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';
import { pickingLocation } from './picking-location.ts';
import { quantitiesByLine } from './line-quantities.ts';
import { bookMovements } from './stock-ledger.ts';

/**
 * Brings what was made (`made`, by line) into stock and reserves it for its order at once, so that
 * nobody else can take it. Never more than the line still needs.
 */
export const bookProduction: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now, actor } = context;
  const orders = await loadOrders(tx, tenantId, work.map(orderIdOf));
  const locationId = await pickingLocation(tx, tenantId);
  const produced = work.flatMap((item) => {
    const order = must(orders.get(orderIdOf(item)), 'the order of the task');
    const made = quantitiesByLine(item.variables['made'], 'made');
    return order.lines
      .filter((line) => line.makeToOrder)
      .map((line) => ({
        reference: `production:${item.instanceId}:${item.jobId}`,
        orderId: order.id,
        lineId: line.id,
        skuId: line.skuId,
        quantity: Decimal.min(made.get(line.sequence) ?? 0, wanted(line).minus(line.reserved)),
      }))
      .filter(({ quantity }) => quantity.gt(0));
  });
  await bookMovements(
    tx,
    tenantId,
    produced.map(({ reference, skuId, quantity }) => ({
      kind: 'production' as const,
      reference,
      from: 'production',
      to: `location:${locationId}`,
      skuId,
      quantity,
    })),
    { occurredAt: now, actor: formatActor(actor) },
  );
  const bySku = [...Map.groupBy(produced, ({ skuId }) => skuId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx.query(
    `insert into stock_level (tenant_id, sku_id, location_id, on_hand, reserved)
     select $1, made.sku_id, $2, made.quantity, made.quantity
       from unnest($3::uuid[], $4::numeric[]) as made(sku_id, quantity)
     on conflict (tenant_id, sku_id, location_id) do update
        set on_hand = stock_level.on_hand + excluded.on_hand, reserved = stock_level.reserved + excluded.reserved`,
    [
      tenantId,
      locationId,
      bySku.map(([skuId]) => skuId),
      bySku.map(([, lines]) => Decimal.sum(...lines.map(({ quantity }) => quantity)).toFixed()),
    ],
  );
  await tx.query(
    `insert into reservation (tenant_id, id, order_id, line_id, sku_id, location_id, quantity, created_at)
     select $1, made.id, made.order_id, made.line_id, made.sku_id, $2, made.quantity, $8
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::numeric[])
            as made(id, order_id, line_id, sku_id, quantity)`,
    [
      tenantId,
      locationId,
      produced.map(() => newId()),
      produced.map(({ orderId }) => orderId),
      produced.map(({ lineId }) => lineId),
      produced.map(({ skuId }) => skuId),
      produced.map(({ quantity }) => quantity.toFixed()),
      now,
    ],
  );
  await tx.query(
    `update order_line set reserved = reserved + made.quantity
       from unnest($2::uuid[], $3::numeric[]) as made(line_id, quantity)
      where order_line.tenant_id = $1 and order_line.id = made.line_id`,
    [tenantId, produced.map(({ lineId }) => lineId), produced.map(({ quantity }) => quantity.toFixed())],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({ work: item, action: 'goods.made' })),
  );
  return work.map(() => completed());
};
