import { newId, type Id } from '@orderloom/kernel';
import { plainJson } from './json.ts';
import type { Transaction } from './transaction.ts';

/** One change of state: who did what, when and why. */
export interface AuditEvent {
  readonly tenantId: Id;
  readonly orderId?: Id | null;
  /** Noun and past participle: `order.placed`, `hold.released`. */
  readonly action: string;
  /** `user:<id>`, `system`, `plugin:<id>`. */
  readonly actor: string;
  /** As people read it; kept, since names change and people leave. */
  readonly actorName: string;
  readonly reason?: string | null;
  /** What changed, as JSON; a `bigint` is kept as text. */
  readonly data?: object;
  readonly at: Date;
}

/** Writes one or more changes to the audit record, in the transaction that makes them. It is append only. */
export async function recordAudit(
  tx: Transaction,
  events: AuditEvent | readonly AuditEvent[],
): Promise<void> {
  const rows = [events].flat().map((event) => ({ id: newId(), data: {}, ...event }));
  await tx.query(
    `insert into audit_event (tenant_id, id, order_id, action, actor, actor_name, reason, data, at)
     select "tenantId", id, "orderId", action, actor, "actorName", reason, data, at
       from jsonb_to_recordset($1) as event ("tenantId" uuid, id uuid, "orderId" uuid, action text, actor text,
            "actorName" text, reason text, data jsonb, at timestamptz)`,
    [plainJson(rows)],
  );
}
