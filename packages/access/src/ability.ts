import { createMongoAbility, subject as tag, type ForcedSubject, type MongoAbility } from '@casl/ability';
import { assert } from '@orderloom/kernel';
import type { Principal } from './principal.ts';
import { RULES, type Rule } from './roles.ts';
import {
  SENSITIVE_FIELDS,
  type Action,
  type Resource,
  type SensitiveField,
  type Subject,
} from './subject.ts';

export type Ability = MongoAbility<[Action, Subject | (Resource & ForcedSubject<Subject>)]>;
export type AbilityRule = Ability['rules'][number];

/**
 * What a principal may do. Every rule is bound to the principal's tenant: a row of another tenant, or one
 * that does not say its tenant, meets none.
 */
export function abilityFor(principal: Principal): Ability {
  assert(principal.tenantId !== '', 'a principal acts in a tenant');
  const rules = RULES.filter((rule) => rule.roles.some((role) => principal.roles.includes(role)));
  const conditions = (rule: Rule) => ({ tenantId: principal.tenantId, ...narrowing(rule, principal) });
  const build = (rule: Rule): AbilityRule => ({
    action: [...rule.may],
    subject: [...rule.on],
    conditions: conditions(rule),
    ...(rule.fields && { fields: [...rule.fields] }),
  });
  return createMongoAbility<Ability>([
    ...rules.filter((rule) => !rule.fields).map(build),
    ...withheldFields,
    ...rules.filter((rule) => rule.fields).map(build),
  ]);
}

/** CASL lets the later rule win: grants, then what is withheld from all of them, then what is given back. */
const withheldFields: readonly AbilityRule[] = Object.entries(SENSITIVE_FIELDS).map(([subject, fields]) => ({
  action: 'read',
  subject: subject as Subject,
  fields: [...fields],
  inverted: true,
}));

function narrowing({ where }: Rule, principal: Principal): Partial<Record<keyof Resource, unknown>> {
  if (where === 'offered') return { candidateGroups: { $in: [...principal.roles] } };
  if (where === 'assigned') return { assignee: principal.id };
  return {};
}

/** A field no rule names: rules about whole rows answer for it, rules that give a field back do not. */
const ROW = 'row';

/**
 * Whether the action on this very resource is allowed and, with `field`, reading that field of it. CASL answers
 * "yes" to a question about a kind of thing as soon as one of that kind might be allowed, and to one about a row
 * as soon as one field of it might be read; this asks neither.
 */
export function may(
  ability: Ability,
  action: Action,
  subject: Subject,
  resource: Resource,
  field?: SensitiveField,
): boolean {
  const tagged = tag(subject, { ...resource });
  return ability.can(action, tagged, ROW) && (field === undefined || ability.can(action, tagged, field));
}
