import { recordAudit, type Transaction } from '@orderloom/database';
import { formatActor, type Actor } from '@orderloom/runtime';

/** What was done, by whom and why. `orderId` puts it on the order's timeline. */
export interface Deed {
  readonly tenantId: string;
  readonly orderId: string | null;
  /** Noun and past participle: `order.placed`. */
  readonly action: string;
  readonly actor: Actor;
  readonly reason?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

export function recordDeeds(tx: Transaction, deeds: readonly Deed[]): Promise<void> {
  return recordAudit(
    tx,
    deeds.map(({ actor, ...deed }) => ({ ...deed, actor: formatActor(actor), actorName: actor.name })),
  );
}
