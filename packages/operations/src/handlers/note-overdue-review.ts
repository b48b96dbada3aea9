import type { TransactionalHandler } from '@orderloom/runtime';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/** Puts on record that the review did not happen in time. */
export const noteOverdueReview: TransactionalHandler = async (tx, work, context) => {
  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({ work: item, automatic: true, action: 'review.overdue' })),
  );
  return work.map(() => completed());
};
