import type { Context } from '../context.ts';
import { visible } from '../guard.ts';
import { isId } from '../ids.ts';
import { loadMany, loadOne } from '../loader.ts';
import { readCursor, readPage, writeCursor, type Page } from '../page.ts';
import type { Row } from '../rows.ts';
import { isInstant } from './orders.ts';

export type TaskRow = Row<'userTask'>;

export const taskById = loadOne<TaskRow>(
  (client, ids, context) =>
    client.userTask.findMany({ where: { ...visible(context, 'Task'), id: { in: ids.filter(isId) } } }),
  ({ id }) => id,
);

/** Those of an order, the oldest first. */
export const tasksOf = loadMany<TaskRow>(
  (client, orderIds, context) =>
    client.userTask.findMany({
      where: { ...visible(context, 'Task'), orderId: { in: orderIds } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  ({ orderId }) => orderId ?? '',
);

/** The one that is due first first, then those without a time limit. */
export async function listTasks(
  context: Context,
  {
    state,
    first,
    after,
  }: { readonly state: TaskRow['state']; readonly first: number; readonly after?: string | null | undefined },
): Promise<Page<TaskRow>> {
  const matching = [visible(context, 'Task'), { state }];
  return readPage<TaskRow>(first, {
    find: (take) =>
      context.reader.read((client) =>
        client.userTask.findMany({
          where: { AND: [...matching, ...(after ? [dueAfter(after)] : [])] },
          orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
          take,
        }),
      ),
    cursorOf: ({ dueAt, id }) => writeCursor(dueAt?.toISOString() ?? '', id),
    count: () => context.reader.read((client) => client.userTask.count({ where: { AND: matching } })),
  });
}

function dueAfter(cursor: string) {
  const [dueAt = '', id = ''] = readCursor(cursor, (part) => part === '' || isInstant(part), isId);
  const later = { dueAt: dueAt || null, id: { gt: id } };
  return dueAt === '' ? later : { OR: [{ dueAt: { gt: dueAt } }, later, { dueAt: null }] };
}

/** The latest version of each form. */
export const formByKey = loadOne(
  (client, keys) =>
    client.formDefinition.findMany({
      where: { key: { in: keys } },
      orderBy: [{ key: 'asc' }, { version: 'desc' }],
      distinct: ['key'],
    }),
  ({ key }) => key,
);
