import { createHash } from 'node:crypto';
import { authorize } from '@orderloom/access';

import { fail, newId } from '@orderloom/kernel';
import { isTrackingStatus, shipmentState, TRACKING_STATUSES, type TrackingStatus } from '@orderloom/orders';
import type { Step } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import type { OperationErrorCode } from './errors.ts';

export interface TrackingReport {
  readonly trackingNumber: string;
  readonly events: readonly {
    readonly status: string;
    readonly occurredAt: Date;
    readonly text: string;
    readonly place?: string | null;
    /** The carrier's own id of the event; without one, its content is. */
    readonly dedupeKey?: string | null;
  }[];
}

/** What each status tells the process that waits for the shipment. */
const MESSAGES: Partial<Record<TrackingStatus, string>> = {
  delivered: 'shipment.delivered',
  delivery_failed: 'shipment.failed',
  exception: 'shipment.failed',
  returned: 'shipment.failed',
};

/**
 * Takes in what a carrier says about a shipment, in whatever order and however often it is said. When the
 * shipment as a whole moves on, the process hears of it in the same transaction.
 */
export function recordTracking(
  call: Call,
  report: TrackingReport,
): Promise<{ readonly shipmentId: string; readonly orderId: string; readonly state: TrackingStatus }> {
  return perform(call, 'recordTracking', report, async (step) => {
    const { principal } = call;
    authorize(principal, 'track', 'Shipment');
    const { tenantId } = principal;
    const events = report.events.map((event, index) => ({
      ...event,
      status: requireStatus(event.status, index),
    }));
    const shipment = await lockShipment(step, tenantId, report.trackingNumber);

    await step.tx.query(
      `insert into tracking_event (tenant_id, id, shipment_id, dedupe_key, status, text, place, occurred_at, received_at)
       select $1, e.id, $2, e.dedupe_key, e.status, e.text, e.place, e.occurred_at, $9
         from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
              as e(id, dedupe_key, status, text, place, occurred_at)
       on conflict (tenant_id, shipment_id, dedupe_key) do nothing`,
      [
        tenantId,
        shipment.id,
        events.map(() => newId()),
        events.map((event) => event.dedupeKey ?? contentKey(event)),
        events.map(({ status }) => status),
        events.map(({ text }) => text),
        events.map(({ place }) => place ?? null),
        events.map(({ occurredAt }) => occurredAt),
        step.now,
      ],
    );
    const known = await step.tx.query<{ dedupe_key: string; status: TrackingStatus; occurred_at: Date }>(
      `select dedupe_key, status, occurred_at from tracking_event where tenant_id = $1 and shipment_id = $2`,
      [tenantId, shipment.id],
    );
    const { status, since } = shipmentState(
      known.map((row) => ({ dedupeKey: row.dedupe_key, status: row.status, occurredAt: row.occurred_at })),
    );
    await tellOfShipment(step, tenantId, shipment);
    if (status !== shipment.state) {
      await moveShipment(step, call, shipment, status, since ?? step.now);
    }
    return { shipmentId: shipment.id, orderId: shipment.orderId, state: status };
  });
}

interface TrackedShipment {
  readonly id: string;
  readonly orderId: string;
  readonly state: string;
  readonly carrier: string;
}

async function lockShipment(step: Step, tenantId: string, trackingNumber: string): Promise<TrackedShipment> {
  const [row] = await step.tx.query<{ id: string; order_id: string; state: string; carrier: string }>(
    `select id, order_id, state, carrier from shipment where tenant_id = $1 and tracking_number = $2 for update`,
    [tenantId, trackingNumber],
  );
  if (!row) {
    fail(
      'SHIPMENT_NOT_FOUND' satisfies OperationErrorCode,
      `No shipment has the tracking number ${trackingNumber}.`,
      {
        field: 'trackingNumber',
        fix: 'Compare the number with the label.',
      },
    );
  }
  return { id: row.id, orderId: row.order_id, state: row.state, carrier: row.carrier };
}

/** A scan on the way moves no process, yet whoever looks at the order wants to see it. */
async function tellOfShipment(step: Step, tenantId: string, { orderId }: TrackedShipment): Promise<void> {
  const instances = await step.tx.query<{ id: string }>(
    `select id from process_instance where tenant_id = $1 and business_key = $2`,
    [tenantId, orderId],
  );
  for (const { id } of instances) step.touch({ instanceId: id, businessKey: orderId });
}

async function moveShipment(
  step: Step,
  { principal }: Call,
  shipment: TrackedShipment,
  status: TrackingStatus,
  since: Date,
): Promise<void> {
  await step.tx.query(
    `update shipment set state = $3, delivered_at = case when $3 = 'delivered' then $4 else delivered_at end
      where tenant_id = $1 and id = $2`,
    [principal.tenantId, shipment.id, status, since],
  );
  await recordDeeds(step.tx, [
    {
      tenantId: principal.tenantId,
      orderId: shipment.orderId,
      action: `shipment.${status.replaceAll('_', '-')}`,
      actor: actorOf(principal),
      data: { shipmentId: shipment.id, since: since.toISOString() },
      at: step.now,
    },
  ]);
  const message = MESSAGES[status];
  if (!message) return;
  step.correlate({
    name: message,
    correlationKey: shipment.id,
    // One message each time the shipment comes to this state, however often it is reported.
    messageId: `${shipment.id}:${status}:${since.toISOString()}`,
    variables: { trackingStatus: status },
  });
}

function requireStatus(status: string, index: number): TrackingStatus {
  if (isTrackingStatus(status)) return status;
  fail('TRACKING_STATUS' satisfies OperationErrorCode, `"${status}" is not a tracking status.`, {
    field: `events[${index}].status`,
    fix: `Use one of ${TRACKING_STATUSES.join(', ')}.`,
  });
}

function contentKey(event: {
  status: string;
  occurredAt: Date;
  text: string;
  place?: string | null;
}): string {
  const content = [event.status, event.occurredAt.toISOString(), event.text, event.place ?? ''].join('\n');
  return createHash('sha256').update(content).digest('base64url');
}
