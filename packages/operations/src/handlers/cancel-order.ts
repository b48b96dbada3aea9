import { formatActor, type TransactionalHandler } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/** Cancels the whole order before anything shipped, and gives back what was reserved for it. */
export const cancelOrder: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now } = context;
  const orderIds = work.map(orderIdOf);
  const reasons = work.map(({ variables }) =>
    typeof variables['note'] === 'string' ? variables['note'] : 'The process cancelled the order.',
  );
  await tx.query(
    `with released as (
       update reservation set state = 'RELEASED'
        where tenant_id = $1 and order_id = any($2::uuid[]) and state = 'ACTIVE'
        returning sku_id, location_id, quantity),
     freed as (
       select sku_id, location_id, sum(quantity) as quantity from released group by sku_id, location_id),
     -- locks in the same order as every other statement on stock
     locked as (
       select level.sku_id, level.location_id from stock_level level
         join freed using (sku_id, location_id)
        where level.tenant_id = $1 order by level.sku_id, level.location_id for update of level)
     update stock_level set reserved = stock_level.reserved - freed.quantity
       from freed join locked using (sku_id, location_id)
      where stock_level.tenant_id = $1 and stock_level.sku_id = freed.sku_id
        and stock_level.location_id = freed.location_id`,
    [tenantId, orderIds],
  );
  await tx.query(
    `update order_line set cancelled = ordered, reserved = 0, picked = 0, packed = 0
      where tenant_id = $1 and order_id = any($2::uuid[])`,
    [tenantId, orderIds],
  );
  await tx.query(
    `update hold set released_at = $3, released_by = cancelled.actor, release_note = 'The order was cancelled.'
       from unnest($2::uuid[], $4::text[]) as cancelled(order_id, actor)
      where hold.tenant_id = $1 and hold.order_id = cancelled.order_id and hold.released_at is null`,
    [tenantId, orderIds, now, work.map(({ actor }) => formatActor(actor))],
  );
  await tx.query(
    `update "order" set cancelled_at = $3, cancel_reason = cancelled.reason
       from unnest($2::uuid[], $4::text[]) as cancelled(id, reason)
      where "order".tenant_id = $1 and "order".id = cancelled.id`,
    [tenantId, orderIds, now, reasons],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item, index) => ({ work: item, action: 'order.cancelled', reason: reasons[index] ?? null })),
  );
  return work.map(() => completed());
};
