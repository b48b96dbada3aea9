import { visibleRows, type RowFilter, type Subject } from '@orderloom/access';
import { viewerOf, type Context } from './context.ts';

/**
 * The condition that keeps a query to what the viewer may read: every query of rows that are found by anything
 * but a visible parent has it. Without a rule it lets nothing through, in whatever place of a larger condition.
 *
 * Prisma takes an empty `OR` for "no rows" at the top and for "no condition" inside `AND`; it never gets one.
 */
export function visible(context: Context, subject: Subject): Where {
  const { ability, tenant } = viewerOf(context);
  const alternatives = visibleRows(ability, subject);
  if (alternatives.length === 0) return { tenantId: { in: [] } };
  return { tenantId: tenant.id, OR: alternatives.map(condition) };
}

/** Fits every table of a tenant; the part about tasks appears only in conditions on tasks. */
interface Where {
  readonly tenantId: string | { in: never[] };
  readonly OR?: { tenantId: string; candidateGroups?: { hasSome: string[] }; assignee?: string }[];
}

function condition({ tenantId, candidateGroups, assignee, ...unknown }: RowFilter) {
  if (Object.keys(unknown).length > 0)
    throw new Error(`rule conditions ${Object.keys(unknown).join()} are not known here`);
  return {
    tenantId,
    ...(candidateGroups && { candidateGroups: { hasSome: [...candidateGroups.$in] } }),
    ...(assignee !== undefined && { assignee }),
  };
}
