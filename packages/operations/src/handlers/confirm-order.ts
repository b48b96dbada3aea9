import { formatActor, type TransactionalHandler, type TransactionalWork } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/** Lets the order go on: releases its holds in the name of whoever approved it, and approves it. */
export const confirmOrder: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now } = context;
  const orderIds = work.map(orderIdOf);
  await tx.query(
    `update hold set released_at = $3, released_by = approval.actor, release_note = approval.note
       from unnest($2::uuid[], $4::text[], $5::text[]) as approval(order_id, actor, note)
      where hold.tenant_id = $1 and hold.order_id = approval.order_id and hold.released_at is null`,
    [tenantId, orderIds, now, work.map(({ actor }) => formatActor(actor)), work.map(noteOf)],
  );
  await tx.query(
    `update "order" set approved_at = $3 where tenant_id = $1 and id = any($2::uuid[]) and approved_at is null`,
    [tenantId, orderIds, now],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({
      work: item,
      automatic: noteOf(item) === null,
      action: 'order.approved',
      reason: noteOf(item) ?? 'No review rule asked for a person.',
    })),
  );
  return work.map(() => completed());
};

function noteOf({ variables }: TransactionalWork): string | null {
  return typeof variables['note'] === 'string' ? variables['note'] : null;
}
