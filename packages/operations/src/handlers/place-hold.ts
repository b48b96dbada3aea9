import { newId } from '@orderloom/kernel';
import type { TransactionalHandler, TransactionalWork } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

interface Reason {
  readonly code: string;
  readonly reason: string;
}

/** Places one hold for each reason the review rules gave (`review.reasons`). */
export const placeHold: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now } = context;
  const holds = work.flatMap((item) =>
    reasonsOf(item).map((reason) => ({ orderId: orderIdOf(item), ...reason })),
  );
  await tx.query(
    `insert into hold (tenant_id, id, order_id, kind, reason, placed_at, placed_by)
     select $1, held.id, held.order_id, held.kind, held.reason, $6, 'system'
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as held(id, order_id, kind, reason)`,
    [
      tenantId,
      holds.map(() => newId()),
      holds.map(({ orderId }) => orderId),
      holds.map(({ code }) => code),
      holds.map(({ reason }) => reason),
      now,
    ],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({
      work: item,
      automatic: true,
      action: 'order.held',
      reason: reasonsOf(item)
        .map(({ reason }) => reason)
        .join(' '),
      data: { kinds: reasonsOf(item).map(({ code }) => code) },
    })),
  );
  return work.map(() => completed());
};

/** As the decision `order-review` gives them; a process that holds without rules has one reason of its own. */
function reasonsOf({ variables }: TransactionalWork): readonly Reason[] {
  const { review } = variables;
  const reasons = isObject(review) && Array.isArray(review['reasons']) ? review['reasons'] : [];
  const readable = reasons.flatMap((it: unknown): Reason[] =>
    isObject(it) && typeof it['code'] === 'string' && typeof it['reason'] === 'string'
      ? [{ code: it['code'], reason: it['reason'] }]
      : [],
  );
  return readable.length > 0 ? readable : [{ code: 'MANUAL', reason: 'The process asks for a review.' }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
