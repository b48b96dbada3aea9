import { viewerOf, type Context } from '../context.ts';
import { loadOne } from '../loader.ts';

/** People of the viewer's tenant. */
export const personById = loadOne(
  (_client, ids, context) =>
    context.platform.database.identity.user.findMany({
      where: { id: { in: ids }, members: { some: { tenantId: viewerOf(context).tenant.id } } },
      select: { id: true, name: true },
    }),
  ({ id }) => id,
);

/** The name of who did something, from how it is stored: `user:<id>`, `plugin:<id>`, `system`. */
export async function actorName(context: Context, actor: string): Promise<string> {
  const [, kind, id = ''] = /^(user|plugin):(.*)$/s.exec(actor) ?? [];
  if (kind === undefined) return 'System';
  if (kind === 'plugin') return id;
  return (await personById(context, id))?.name ?? 'Somebody who has left';
}
