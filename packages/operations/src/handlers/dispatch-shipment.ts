import { Decimal } from '@orderloom/kernel';
import { formatActor, type TransactionalHandler } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';
import { bookMovements } from './stock-ledger.ts';

/** The goods leave: reservations are used up, stock goes down by exactly them, the ledger says where to. */
export const dispatchShipment: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now, actor } = context;
  const orderIds = work.map(orderIdOf);
  const consumed = await tx.query<{
    order_id: string;
    sku_id: string;
    location_id: string;
    quantity: string;
  }>(
    `update reservation set state = 'CONSUMED'
      where tenant_id = $1 and order_id = any($2::uuid[]) and state = 'ACTIVE'
      returning order_id, sku_id, location_id, quantity::text`,
    [tenantId, orderIds],
  );
  await bookMovements(
    tx,
    tenantId,
    consumed.map((row) => ({
      kind: 'shipment' as const,
      reference: `shipment:${row.order_id}`,
      from: `location:${row.location_id}`,
      to: 'customer',
      skuId: row.sku_id,
      quantity: new Decimal(row.quantity),
    })),
    { occurredAt: now, actor: formatActor(actor) },
  );
  await tx.query(
    `with gone as (
       select sku_id, location_id, sum(quantity) as quantity
         from unnest($2::uuid[], $3::uuid[], $4::numeric[]) as g(sku_id, location_id, quantity)
        group by sku_id, location_id),
     -- locks in the same order as every other statement on stock
     locked as (
       select level.sku_id, level.location_id from stock_level level
         join gone using (sku_id, location_id)
        where level.tenant_id = $1 order by level.sku_id, level.location_id for update of level)
     update stock_level
        set on_hand = stock_level.on_hand - gone.quantity, reserved = stock_level.reserved - gone.quantity
       from gone join locked using (sku_id, location_id)
      where stock_level.tenant_id = $1 and stock_level.sku_id = gone.sku_id
        and stock_level.location_id = gone.location_id`,
    [
      tenantId,
      consumed.map((row) => row.sku_id),
      consumed.map((row) => row.location_id),
      consumed.map((row) => row.quantity),
    ],
  );
  await tx.query(
    `update order_line set shipped = packed where tenant_id = $1 and order_id = any($2::uuid[])`,
    [tenantId, orderIds],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({ work: item, automatic: true, action: 'goods.shipped' })),
  );
  return work.map(() => completed());
};
