import { createMongoAbility } from '@casl/ability';
import { packRules as pack, unpackRules as unpack, type PackRule } from '@casl/ability/extra';
import { fail } from '@orderloom/kernel';
import type { Ability, AbilityRule } from './ability.ts';
import { ACTIONS, SUBJECTS } from './subject.ts';

/** Rules as JSON for a front end, which hides with them what the server would refuse. */
export type PackedRules = readonly PackRule<AbilityRule>[];

export function packRules(ability: Ability): PackedRules {
  return pack(ability.rules);
}

/**
 * The ability behind packed rules. What is not made of our subjects and actions is refused as a whole:
 * stored or forwarded rules are input like any other.
 *
 * @throws ACCESS_RULES
 */
export function unpackRules(packed: unknown): Ability {
  if (!isPackedRules(packed)) {
    fail('ACCESS_RULES', 'The rules are not packed access rules.', {
      fix: 'Sign in again to get fresh rules.',
    });
  }
  return createMongoAbility<Ability>(unpack<AbilityRule>([...packed]));
}

const actions: ReadonlySet<string> = new Set(ACTIONS);
const subjects: ReadonlySet<string> = new Set(SUBJECTS);

function isPackedRules(packed: unknown): packed is PackedRules {
  return Array.isArray(packed) && packed.every(isPackedRule);
}

/** `[actions, subjects, conditions, inverted, fields, reason]`, lists as text with commas, 0 for "none". */
function isPackedRule(rule: unknown): boolean {
  if (!Array.isArray(rule) || rule.length < 2 || rule.length > 5) return false;
  const [action, subject, conditions = 0, inverted = 0, fields = 0] = rule as unknown[];
  return (
    isListOf(actions, action) &&
    isListOf(subjects, subject) &&
    (inverted === 0 || inverted === 1) &&
    (isConditions(conditions) || (inverted === 1 && conditions === 0)) &&
    (fields === 0 || typeof fields === 'string')
  );
}

function isListOf(names: ReadonlySet<string>, text: unknown): boolean {
  return typeof text === 'string' && text.split(',').every((name) => names.has(name));
}

/** Equal to a text, or `$in` a list of texts; rules that say less than a tenant do not exist. */
function isConditions(conditions: unknown): boolean {
  if (typeof conditions !== 'object' || conditions === null || !('tenantId' in conditions)) return false;
  return Object.entries(conditions).every(
    ([column, wanted]) => ['tenantId', 'candidateGroups', 'assignee'].includes(column) && isWanted(wanted),
  );
}

function isWanted(wanted: unknown): boolean {
  if (typeof wanted === 'string') return true;
  if (typeof wanted !== 'object' || wanted === null) return false;
  const [operator, ...more] = Object.entries(wanted);
  return (
    more.length === 0 &&
    operator?.[0] === '$in' &&
    Array.isArray(operator[1]) &&
    operator[1].every((item) => typeof item === 'string')
  );
}
