import { nextNumber, recordOutboxEvent } from '@orderloom/database';
import { newId } from '@orderloom/kernel';
import { orderNumber } from '@orderloom/orders';
import type { Actor, Step } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import type { ResolvedOrder } from './resolve-draft.ts';

export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  /** False when the same order had been placed before; nothing was written then. */
  readonly created: boolean;
}

/**
 * Writes an order and sends `order.received`, in the caller's transaction: the process that was drawn
 * for it starts in the same commit. The order's identity outside (channel, customer, external id) is
 * unique, so taking the same order in again finds the first one.
 */
export async function placeOrder(
  step: Step,
  tenantId: string,
  actor: Actor,
  order: ResolvedOrder,
  intakeDocumentId: string,
): Promise<PlacedOrder> {
  const { draft } = order;
  const before = await findPlaced(step, tenantId, order);
  if (before) return before;

  const id = newId();
  const year = step.now.getUTCFullYear();
  const number = orderNumber(year, await nextNumber(step.tx, tenantId, `order:${year}`));
  const inserted = await step.tx.query(
    `insert into "order" (tenant_id, id, number, source, external_id, po_number, party_id, intake_document_id,
                          currency, total, placed_at, ordered_on, requested_delivery_on, ship_to, notes, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'received')
     on conflict (tenant_id, source, party_id, external_id) do nothing
     returning id`,
    [
      tenantId,
      id,
      number,
      draft.source,
      draft.externalId,
      draft.poNumber,
      order.partyId,
      intakeDocumentId,
      draft.currency,
      order.total.amount.toString(),
      step.now,
      draft.orderedOn,
      draft.requestedDeliveryOn,
      JSON.stringify(order.shipTo),
      draft.notes,
    ],
  );
  if (inserted.length === 0) {
    // Another transaction placed it between our look and our insert, and has committed since.
    const placed = await findPlaced(step, tenantId, order);
    if (placed) return placed;
    throw new Error(`order ${draft.externalId} collides with one that cannot be seen`);
  }

  await step.tx.query(
    `insert into order_line (tenant_id, id, order_id, sequence, sku_id, sku_code, description, ordered,
                             ordered_unit, unit_price, list_price, total)
     select $1, line.id, $2, line.sequence, line.sku_id, line.sku_code, line.description, line.ordered,
            line.ordered_unit, line.unit_price, line.list_price, line.total
       from unnest($3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::numeric[], $9::text[],
                   $10::numeric[], $11::numeric[], $12::bigint[])
            as line(id, sequence, sku_id, sku_code, description, ordered, ordered_unit, unit_price, list_price, total)`,
    [
      tenantId,
      id,
      order.lines.map(() => newId()),
      order.lines.map((line) => line.sequence),
      order.lines.map((line) => line.sku.id),
      order.lines.map((line) => line.sku.code),
      order.lines.map((line) => line.description),
      order.lines.map((line) => line.quantity.toFixed()),
      order.lines.map((line) => line.unit),
      order.lines.map((line) => line.unitPrice.toFixed()),
      order.lines.map((line) => line.sku.listPrice.toFixed()),
      order.lines.map((line) => line.total.amount.toString()),
    ],
  );
  await recordDeeds(step.tx, [
    {
      tenantId,
      orderId: id,
      action: 'order.placed',
      actor,
      data: { number, poNumber: draft.poNumber, source: draft.source, lines: order.lines.length },
      at: step.now,
    },
  ]);
  await recordOutboxEvent(step.tx, {
    tenantId,
    topic: 'order.placed',
    payload: { orderId: id, number },
    at: step.now,
  });
  step.correlate({
    name: 'order.received',
    correlationKey: id,
    businessKey: id,
    messageId: id,
    variables: { orderId: id, orderNumber: number, exceptionCount: order.exceptions.length },
  });
  return { id, number, created: true };
}

async function findPlaced(step: Step, tenantId: string, order: ResolvedOrder): Promise<PlacedOrder | null> {
  const [row] = await step.tx.query<{ id: string; number: string }>(
    `select id, number from "order" where tenant_id = $1 and source = $2 and party_id = $3 and external_id = $4`,
    [tenantId, order.draft.source, order.partyId, order.draft.externalId],
  );
  return row ? { ...row, created: false } : null;
}
