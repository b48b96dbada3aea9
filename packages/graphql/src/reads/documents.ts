import { visible } from '../guard.ts';
import { loadMany, loadOne } from '../loader.ts';

/** All but the bytes, which only a download needs. */
const columns = { omit: { content: true } } as const;

export const documentsOf = loadMany(
  (client, orderIds, context) =>
    client.document.findMany({
      where: { ...visible(context, 'Document'), orderId: { in: orderIds } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      ...columns,
    }),
  ({ orderId }) => orderId,
);

export const documentById = loadOne(
  (client, ids, context) =>
    client.document.findMany({ where: { ...visible(context, 'Document'), id: { in: ids } }, ...columns }),
  ({ id }) => id,
);
