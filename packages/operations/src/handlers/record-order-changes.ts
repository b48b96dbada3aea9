import { recordOutboxEvent, type Transaction } from '@orderloom/database';
import { must } from '@orderloom/kernel';
import { orderState } from '@orderloom/orders';
import { systemActor, type JobOutcome, type StepContext, type TransactionalWork } from '@orderloom/runtime';
import { recordDeeds } from '../audit.ts';
import { loadOrders, orderIdOf } from './order-batch.ts';

/** What a piece of work did to its order, for the record. */
export interface OrderChange {
  readonly work: TransactionalWork;
  /** `stock.reserved`: noun and past participle. */
  readonly action: string;
  /** Nobody decided it: it is recorded as the product's own doing, not as that of whoever set it off. */
  readonly automatic?: boolean;
  readonly reason?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Closes the work of a handler on its orders: derives their states anew from the facts just written, and
 * records who did what and why, for the history and for the outside.
 */
export async function recordOrderChanges(
  tx: Transaction,
  context: StepContext,
  changes: readonly OrderChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const { tenantId, now } = context;
  const orders = await loadOrders(
    tx,
    tenantId,
    changes.map(({ work }) => orderIdOf(work)),
  );
  const states = [...orders.values()].map((order) => ({ id: order.id, state: orderState(order).name }));
  await tx.query(
    `update "order" set state = derived.state
       from unnest($2::uuid[], $3::text[]) as derived(id, state)
      where "order".tenant_id = $1 and "order".id = derived.id and "order".state <> derived.state`,
    [tenantId, states.map(({ id }) => id), states.map(({ state }) => state)],
  );
  await recordDeeds(
    tx,
    changes.map(({ work, action, automatic = false, reason = null, data = {} }) => ({
      tenantId,
      orderId: orderIdOf(work),
      action,
      actor: automatic ? systemActor : work.actor,
      reason,
      data,
      at: now,
    })),
  );
  await recordOutboxEvent(
    tx,
    changes.map(({ work, action }) => ({
      tenantId,
      topic: action,
      payload: { orderId: orderIdOf(work) },
      at: now,
    })),
  );
}

/** Of work that either succeeds or leaves with a BPMN error: what it is called either way, with the error as reason. */
export function outcomeChanges(
  work: readonly TransactionalWork[],
  outcomes: readonly JobOutcome[],
  actions: { readonly completed: string; readonly error: string; readonly automatic?: boolean },
): readonly OrderChange[] {
  const { automatic = false } = actions;
  return work.map((item, index) => {
    const outcome = must(outcomes[index], 'an outcome for each piece of work');
    return outcome.kind === 'error'
      ? { work: item, automatic, action: actions.error, reason: outcome.message }
      : { work: item, automatic, action: actions.completed };
  });
}

export const completed = (variables: TransactionalWork['variables'] = {}): JobOutcome => ({
  kind: 'completed',
  variables,
});
