import type { TransactionalHandler } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/** Nothing is left to do for the order. */
export const closeOrder: TransactionalHandler = async (tx, work, context) => {
  const orderIds = work.map(orderIdOf);
  await tx.query(`update "order" set closed_at = $3 where tenant_id = $1 and id = any($2::uuid[])`, [
    context.tenantId,
    orderIds,
    context.now,
  ]);
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({ work: item, automatic: true, action: 'order.closed' })),
  );
  return work.map(() => completed());
};
