import type { Ability } from './ability.ts';
import type { Subject } from './subject.ts';

/** One way for a row to be within reach; all it says must hold. */
export interface RowFilter {
  readonly tenantId: string;
  /** One of these groups is among the row's. */
  readonly candidateGroups?: { readonly $in: readonly string[] };
  readonly assignee?: string;
}

/**
 * Which rows of a kind an ability may read, as alternatives. None means no row: whoever turns this into a
 * query has to see to that, since to a query an empty list of alternatives often means no condition at all.
 */
export function visibleRows(ability: Ability, subject: Subject): readonly RowFilter[] {
  return ability
    .rulesFor('read', subject)
    .filter((rule) => !rule.inverted && !rule.fields)
    .map((rule) => rule.conditions as unknown as RowFilter);
}
