import { assert, constantFrom, property, subarray } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  abilityFor,
  ACTIONS,
  may,
  packRules,
  ROLES,
  SUBJECTS,
  unpackRules,
  type Principal,
} from './index.ts';

const principal: Principal = { kind: 'user', id: 'me', name: 'Me', tenantId: 'here', roles: ['finance'] };

it('means the same after a trip through JSON', () => {
  assert(
    property(
      subarray([...ROLES]),
      constantFrom(...ACTIONS),
      constantFrom(...SUBJECTS),
      constantFrom('here', 'elsewhere'),
      constantFrom(undefined, 'listPrice' as const, 'variables' as const),
      (roles, action, subject, tenantId, field) => {
        const ability = abilityFor({ ...principal, roles });
        const copy = unpackRules(JSON.parse(JSON.stringify(packRules(ability))));
        const row = { tenantId, candidateGroups: ['finance'], assignee: null };
        expect(may(copy, action, subject, row, field)).toBe(may(ability, action, subject, row, field));
      },
    ),
  );
});

describe('refuses as a whole', () => {
  test.each([
    ['no list', { 0: ['read', 'Order'] }],
    ['a rule for everything', [['manage', 'all', { tenantId: 'here' }]]],
    ['a rule without a tenant', [['read', 'Order']]],
    ['a rule with conditions of another kind', [['read', 'Order', { tenantId: 'here', $where: 'true' }]]],
    ['an operator that widens', [['read', 'Order', { tenantId: { $ne: '' } }]]],
    ['conditions that are a list', [['read', 'Order', ['tenantId']]]],
    ['an own __proto__', [['read', 'Order', JSON.parse('{"tenantId":"here","__proto__":{"admin":true}}')]]],
    ['a rule that is too long', [['read', 'Order', { tenantId: 'here' }, 0, 'listPrice', 'because', 1]]],
  ])('%s', (_name, packed) => {
    expect(() => unpackRules(packed)).toThrow(expect.objectContaining({ code: 'ACCESS_RULES' }));
  });
});
