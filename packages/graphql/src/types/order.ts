import { may } from '@orderloom/access';
import { must } from '@orderloom/kernel';
import type { Address as OrderAddress } from '@orderloom/orders';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import {
  Address,
  Document,
  Hold,
  IntakeDocument,
  Money,
  Order,
  OrderLine,
  OrderProcess,
  Party,
  Shipment,
  Task,
  TimelineEntry,
} from '../objects.ts';
import { connectionOf } from '../page.ts';
import { documentsOf } from '../reads/documents.ts';
import { intakeDocumentById } from '../reads/intake.ts';
import {
  customerOf,
  holdsOf,
  linesOf,
  listOrders,
  orderById,
  orderByNumber,
  shipmentsOf,
} from '../reads/orders.ts';
import { instancesOf } from '../reads/processes.ts';
import { tasksOf } from '../reads/tasks.ts';
import { timelineOf } from '../reads/timeline.ts';

const OrderAction = builder.enumType('OrderAction', {
  values: ['RECORD_TRACKING', 'RETRY_INCIDENT'] as const,
});

Order.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeString('number'),
    poNumber: t.exposeString('poNumber'),
    source: t.exposeString('source', { description: 'The channel it came by.' }),
    state: t.exposeString('state', {
      description:
        '`received`, `in_review`, `confirmed`, `partly_shipped` ...: where the order stands, in one word.',
    }),
    customer: t.field({
      type: Party,
      resolve: async ({ partyId }, _args, context) =>
        must(await customerOf(context, partyId), 'the customer of an order'),
    }),
    currency: t.exposeString('currency'),
    total: t.field({ type: Money, resolve: ({ total, currency }) => ({ amount: total, currency }) }),
    placedAt: t.expose('placedAt', { type: 'DateTime' }),
    orderedOn: t.expose('orderedOn', { type: 'Date', nullable: true }),
    requestedDeliveryOn: t.expose('requestedDeliveryOn', { type: 'Date', nullable: true }),
    shipTo: t.field({
      type: Address,
      nullable: true,
      resolve: ({ shipTo }) => shipTo as unknown as OrderAddress | null,
    }),
    notes: t.exposeStringList('notes'),
    lines: t.field({ type: [OrderLine], resolve: ({ id }, _args, context) => linesOf(context, id) }),
    holds: t.field({ type: [Hold], resolve: ({ id }, _args, context) => holdsOf(context, id) }),
    shipments: t.field({ type: [Shipment], resolve: ({ id }, _args, context) => shipmentsOf(context, id) }),
    documents: t.field({ type: [Document], resolve: ({ id }, _args, context) => documentsOf(context, id) }),
    intakeDocument: t.field({
      type: IntakeDocument,
      nullable: true,
      resolve: ({ intakeDocumentId }, _args, context) =>
        intakeDocumentId === null ? null : intakeDocumentById(context, intakeDocumentId),
    }),
    tasks: t.field({
      type: [Task],
      description: 'Open and done, oldest first; those the viewer may see.',
      resolve: ({ id }, _args, context) => tasksOf(context, id),
    }),
    process: t.field({
      type: OrderProcess,
      nullable: true,
      description: 'The process that carries the order; null before it starts.',
      resolve: async ({ id }, _args, context) =>
        (await instancesOf(context, id)).findLast(({ parentInstanceId }) => parentInstanceId === null) ??
        null,
    }),
    timeline: t.field({
      type: [TimelineEntry],
      description: 'What happened, oldest first.',
      resolve: ({ id }, _args, context) => timelineOf(context, id),
    }),
    allowedActions: t.field({
      type: [OrderAction],
      description: "What the viewer's roles allow on this order.",
      resolve: (order, _args, context) => {
        const { ability } = viewerOf(context);
        return [
          ...(may(ability, 'track', 'Shipment', order) ? ['RECORD_TRACKING' as const] : []),
          ...(may(ability, 'retry', 'Incident', order) ? ['RETRY_INCIDENT' as const] : []),
        ];
      },
    }),
  }),
});

const OrderConnection = connectionOf('Order', Order);

builder.queryFields((t) => ({
  order: t.field({
    type: Order,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, { id }, context) => orderById(context, id),
  }),
  orderByNumber: t.field({
    type: Order,
    nullable: true,
    args: { number: t.arg.string() },
    resolve: (_root, { number }, context) => orderByNumber(context, number),
  }),
  orders: t.field({
    type: OrderConnection,
    description:
      'Newest first. `search` looks into order numbers, purchase order numbers and customer names.',
    args: {
      first: t.arg.int({ defaultValue: 25 }),
      after: t.arg.string({ required: false }),
      state: t.arg.string({ required: false }),
      search: t.arg.string({ required: false }),
    },
    resolve: (_root, args, context) => listOrders(context, args),
  }),
}));
