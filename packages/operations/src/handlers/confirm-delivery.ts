import type { TransactionalHandler } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/** The goods are at the customer's: every shipped unit counts as delivered. */
export const confirmDelivery: TransactionalHandler = async (tx, work, context) => {
  const orderIds = work.map(orderIdOf);
  await tx.query(
    `update order_line set delivered = shipped where tenant_id = $1 and order_id = any($2::uuid[])`,
    [context.tenantId, orderIds],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({ work: item, automatic: true, action: 'goods.delivered' })),
  );
  return work.map(() => completed());
};
