import { must } from '@orderloom/kernel';
import type { JobOutcome, TransactionalHandler } from '@orderloom/runtime';
import { loadOrders, orderIdOf, wanted } from './order-batch.ts';
import { completed, outcomeChanges, recordOrderChanges } from './record-order-changes.ts';
import { quantitiesByLine } from './line-quantities.ts';

/**
 * Takes the picker's quantities (`picked`, by line). An order with less than was wanted leaves with the
 * BPMN error SHORT_PICK; more than was wanted is taken as what was wanted, the rest never left the shelf.
 */
export const confirmPick: TransactionalHandler = async (tx, work, context) => {
  const { tenantId } = context;
  const orders = await loadOrders(tx, tenantId, work.map(orderIdOf));
  const outcomes = work.map((item): JobOutcome => {
    const order = must(orders.get(orderIdOf(item)), 'the order of the task');
    const picked = quantitiesByLine(item.variables['picked'], 'picked');
    const short = order.lines.filter((line) => wanted(line).gt(picked.get(line.sequence) ?? 0));
    if (short.length === 0) return completed();
    const missing = short.map(
      (line) =>
        `${line.skuCode}: ${picked.get(line.sequence)?.toFixed() ?? '0'} of ${wanted(line).toFixed()}`,
    );
    return { kind: 'error', code: 'SHORT_PICK', message: `Picked short. ${missing.join('; ')}.` };
  });
  const full = work.filter((_, index) => outcomes[index]!.kind === 'completed').map(orderIdOf);
  await tx.query(
    `update order_line set picked = ordered - cancelled where tenant_id = $1 and order_id = any($2::uuid[])`,
    [tenantId, full],
  );
  await recordOrderChanges(
    tx,
    context,
    outcomeChanges(work, outcomes, { completed: 'goods.picked', error: 'goods.picked-short' }),
  );
  return outcomes;
};
