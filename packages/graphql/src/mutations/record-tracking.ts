import { must, OrderloomError } from '@orderloom/kernel';
import { recordTracking } from '@orderloom/operations';
import { builder } from '../builder.ts';
import { Order, Shipment } from '../objects.ts';
import { orderById, shipmentById, type OrderRow } from '../reads/orders.ts';
import type { Row } from '../rows.ts';
import { beginCall } from './begin-call.ts';

const TrackingEventInput = builder.inputType('TrackingEventInput', {
  fields: (t) => ({
    status: t.string({
      description: '`picked_up`, `in_transit`, `out_for_delivery`, `delivered`, `delivery_failed` ...',
    }),
    occurredAt: t.field({ type: 'DateTime' }),
    text: t.string(),
    place: t.string({ required: false }),
    dedupeKey: t.string({
      required: false,
      description: "The carrier's own id of the event: the same event twice is one.",
    }),
  }),
});

const RecordTrackingInput = builder.inputType('RecordTrackingInput', {
  fields: (t) => ({
    idempotencyKey: t.string(),
    trackingNumber: t.string(),
    events: t.field({ type: [TrackingEventInput] }),
  }),
});

const RecordTrackingPayload = builder
  .objectRef<{ readonly shipment: Row<'shipment'>; readonly order: OrderRow }>('RecordTrackingPayload')
  .implement({
    fields: (t) => ({
      shipment: t.expose('shipment', { type: Shipment }),
      order: t.expose('order', { type: Order }),
    }),
  });

builder.mutationField('recordTracking', (t) =>
  t.field({
    type: RecordTrackingPayload,
    errors: { types: [OrderloomError], union: { name: 'RecordTrackingResult' } },
    args: { input: t.arg({ type: RecordTrackingInput }) },
    resolve: async (_root, { input: { idempotencyKey, trackingNumber, events } }, context) => {
      const call = await beginCall(context, idempotencyKey);
      const { shipmentId, orderId } = await recordTracking(call, {
        trackingNumber,
        events: events.map(({ place, dedupeKey, ...event }) => ({
          ...event,
          place: place ?? null,
          dedupeKey: dedupeKey ?? null,
        })),
      });
      return {
        shipment: must(await shipmentById(context, shipmentId), 'the tracked shipment'),
        order: must(await orderById(context, orderId), 'its order'),
      };
    },
  }),
);
