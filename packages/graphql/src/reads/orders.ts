import type { Context } from '../context.ts';
import { visible } from '../guard.ts';
import { isId } from '../ids.ts';
import { loadMany, loadOne } from '../loader.ts';
import { readCursor, readPage, writeCursor, type Page } from '../page.ts';
import type { Row } from '../rows.ts';

export type OrderRow = Row<'order'>;

/** An order the viewer may read. */
export const orderById = loadOne<OrderRow>(
  (client, ids, context) =>
    client.order.findMany({ where: { ...visible(context, 'Order'), id: { in: ids.filter(isId) } } }),
  ({ id }) => id,
);

export async function orderByNumber(context: Context, number: string): Promise<OrderRow | null> {
  return context.reader.read((client) =>
    client.order.findFirst({ where: { ...visible(context, 'Order'), number } }),
  );
}

export interface OrderList {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly search?: string | null | undefined;
}

/** The newest first. */
export async function listOrders(
  context: Context,
  { first, after, state, search }: OrderList,
): Promise<Page<OrderRow>> {
  const matching = [
    visible(context, 'Order'),
    ...(state ? [{ state }] : []),
    ...(search?.trim() ? [matches(search.trim())] : []),
  ];
  return readPage<OrderRow>(first, {
    find: (take) =>
      context.reader.read((client) =>
        client.order.findMany({
          where: { AND: [...matching, ...(after ? [olderThan(after)] : [])] },
          orderBy: [{ placedAt: 'desc' }, { id: 'desc' }],
          take,
        }),
      ),
    cursorOf: ({ placedAt, id }) => writeCursor(placedAt.toISOString(), id),
    count: () => context.reader.read((client) => client.order.count({ where: { AND: matching } })),
  });
}

function matches(text: string) {
  const contains = { contains: text, mode: 'insensitive' as const };
  return { OR: [{ number: contains }, { poNumber: contains }, { party: { name: contains } }] };
}

function olderThan(cursor: string) {
  const [placedAt = '', id = ''] = readCursor(cursor, isInstant, isId);
  return { OR: [{ placedAt: { lt: placedAt } }, { placedAt, id: { lt: id } }] };
}

export function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

// What belongs to an order is read with it: these take the ids of orders the viewer was given.

export const customerOf = loadOne(
  (client, ids) => client.party.findMany({ where: { id: { in: ids } } }),
  ({ id }) => id,
);

export const linesOf = loadMany(
  (client, orderIds) =>
    client.orderLine.findMany({ where: { orderId: { in: orderIds } }, orderBy: { sequence: 'asc' } }),
  ({ orderId }) => orderId,
);

export const holdsOf = loadMany(
  (client, orderIds) =>
    client.hold.findMany({
      where: { orderId: { in: orderIds } },
      orderBy: [{ placedAt: 'asc' }, { id: 'asc' }],
    }),
  ({ orderId }) => orderId,
);

export const shipmentsOf = loadMany(
  (client, orderIds, context) =>
    client.shipment.findMany({
      where: { ...visible(context, 'Shipment'), orderId: { in: orderIds } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  ({ orderId }) => orderId,
);

export const shipmentById = loadOne(
  (client, ids, context) =>
    client.shipment.findMany({ where: { ...visible(context, 'Shipment'), id: { in: ids } } }),
  ({ id }) => id,
);

export const parcelsOf = loadMany(
  (client, shipmentIds) =>
    client.parcel.findMany({ where: { shipmentId: { in: shipmentIds } }, orderBy: { sequence: 'asc' } }),
  ({ shipmentId }) => shipmentId,
);

export const trackingOf = loadMany(
  (client, shipmentIds) =>
    client.trackingEvent.findMany({
      where: { shipmentId: { in: shipmentIds } },
      orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
    }),
  ({ shipmentId }) => shipmentId,
);
