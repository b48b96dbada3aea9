import type { Context } from '../context.ts';
import { visible } from '../guard.ts';
import { isId } from '../ids.ts';
import { loadOne } from '../loader.ts';
import { readCursor, readPage, writeCursor, type Page } from '../page.ts';
import type { Row } from '../rows.ts';
import { isInstant } from './orders.ts';

export type IntakeDocumentRow = Omit<Row<'intakeDocument'>, 'content'>;

/** All but the bytes of the document. */
const columns = { omit: { content: true } } as const;

export const intakeDocumentById = loadOne<IntakeDocumentRow>(
  (client, ids, context) =>
    client.intakeDocument.findMany({
      where: { ...visible(context, 'Intake'), id: { in: ids.filter(isId) } },
      ...columns,
    }),
  ({ id }) => id,
);

/** The newest first. */
export async function listIntakeDocuments(
  context: Context,
  { first, after }: { readonly first: number; readonly after?: string | null | undefined },
): Promise<Page<IntakeDocumentRow>> {
  const where = visible(context, 'Intake');
  return readPage<IntakeDocumentRow>(first, {
    find: (take) =>
      context.reader.read((client) =>
        client.intakeDocument.findMany({
          where: { AND: [where, ...(after ? [olderThan(after)] : [])] },
          orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
          take,
          ...columns,
        }),
      ),
    cursorOf: ({ receivedAt, id }) => writeCursor(receivedAt.toISOString(), id),
    count: () => context.reader.read((client) => client.intakeDocument.count({ where })),
  });
}

function olderThan(cursor: string) {
  const [receivedAt = '', id = ''] = readCursor(cursor, isInstant, isId);
  return { OR: [{ receivedAt: { lt: receivedAt } }, { receivedAt, id: { lt: id } }] };
}
