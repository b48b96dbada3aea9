import { Document, Money, Parcel, Shipment, TrackingEvent } from '../objects.ts';
import { documentById } from '../reads/documents.ts';
import { parcelsOf, trackingOf } from '../reads/orders.ts';

Shipment.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    carrier: t.exposeString('carrier'),
    service: t.exposeString('service'),
    state: t.exposeString('state'),
    trackingNumber: t.exposeString('trackingNumber', { nullable: true }),
    price: t.field({
      type: Money,
      nullable: true,
      resolve: ({ price, currency }) =>
        price === null || currency === null ? null : { amount: price, currency },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    bookedAt: t.expose('bookedAt', { type: 'DateTime', nullable: true }),
    deliveredAt: t.expose('deliveredAt', { type: 'DateTime', nullable: true }),
    parcels: t.field({ type: [Parcel], resolve: ({ id }, _args, context) => parcelsOf(context, id) }),
    events: t.field({
      type: [TrackingEvent],
      description: 'Oldest first.',
      resolve: ({ id }, _args, context) => trackingOf(context, id),
    }),
  }),
});

Parcel.implement({
  fields: (t) => ({
    sscc: t.exposeID('sscc', { description: 'GS1 serial shipping container code.' }),
    sequence: t.exposeInt('sequence'),
    weightGrams: t.exposeInt('weightGrams'),
    lengthMm: t.exposeInt('lengthMm'),
    widthMm: t.exposeInt('widthMm'),
    heightMm: t.exposeInt('heightMm'),
    label: t.field({
      type: Document,
      nullable: true,
      resolve: ({ labelDocumentId }, _args, context) =>
        labelDocumentId === null ? null : documentById(context, labelDocumentId),
    }),
  }),
});

TrackingEvent.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    status: t.exposeString('status'),
    text: t.exposeString('text'),
    place: t.exposeString('place', { nullable: true }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime' }),
  }),
});
