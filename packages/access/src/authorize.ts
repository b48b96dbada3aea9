import { fail } from '@orderloom/kernel';
import { abilityFor, may } from './ability.ts';
import type { Principal } from './principal.ts';
import { ROLES, RULES, type Role } from './roles.ts';
import type { Action, Resource, Subject } from './subject.ts';

/**
 * Lets a principal go on or throws. Without a resource the question is about the tenant as a whole
 * (`create` an Intake); rules that depend on a row are then not met.
 *
 * Give it only what was found in the principal's own tenant. A resource of another tenant is refused
 * with the words of the question without a resource, so the refusal says nothing about it.
 *
 * @throws FORBIDDEN, whose fix names the roles that may
 */
export function authorize(principal: Principal, action: Action, subject: Subject, resource?: Resource): void {
  const asked = resource ?? { tenantId: principal.tenantId };
  if (may(abilityFor(principal), action, subject, asked)) return;
  const own = asked.tenantId === principal.tenantId ? asked : undefined;
  const roles = rolesThatMay(action, subject, own);
  fail('FORBIDDEN', `You may not ${action} this ${subject.toLowerCase()}.`, {
    fix: `This takes the role ${new Intl.ListFormat('en', { type: 'disjunction' }).format(roles)}.`,
    details: { action, subject, roles },
  });
}

/** The roles that could do it: those offered the task where that decides, else those the table names. */
function rolesThatMay(action: Action, subject: Subject, resource: Resource | undefined): readonly Role[] {
  const rules = RULES.filter(
    (rule) => !rule.fields && rule.may.includes(action) && rule.on.includes(subject),
  );
  return ROLES.filter((role) =>
    rules.some(
      (rule) =>
        rule.roles.includes(role) &&
        (rule.where === undefined || (rule.where === 'offered' && resource?.candidateGroups?.includes(role))),
    ),
  );
}
