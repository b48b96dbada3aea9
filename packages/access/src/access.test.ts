import { isOrderloomError } from '@orderloom/kernel';
import { assert, constantFrom, property, subarray } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  abilityFor,
  ACTIONS,
  authorize,
  may,
  ROLES,
  rolesFrom,
  SUBJECTS,
  systemPrincipal,
  visibleRows,
  type Action,
  type Principal,
  type Resource,
  type Role,
  type SensitiveField,
  type Subject,
} from './index.ts';

const tenantId = 'here';
const user = (...roles: readonly Role[]): Principal => ({
  kind: 'user',
  id: 'me',
  name: 'Me',
  tenantId,
  roles,
});
const row: Resource = { tenantId };
const columns: readonly Role[] = ROLES;

/** x: allowed, o: on tasks offered to the role, a: on tasks assigned to oneself, -: refused. Reviewed by hand. */
const matrix = `
                    owner designer operations finance warehouse compliance support auditor
read Order          x     x        x          x       x         x          x       x
read Task           x     x        x          oa      oa        oa         oa      x
claim Task          x     o        o          o       o         o          o       o
release Task        x     a        a          a       a         a          a       a
complete Task       x     oa       oa         oa      oa        oa         oa      oa
read Intake         x     x        x          x       -         x          x       x
create Intake       x     -        x          -       -         -          -       -
read Shipment       x     x        x          x       x         x          x       x
track Shipment      x     -        x          -       x         -          x       -
read Document       x     x        x          x       x         x          x       x
read Process        x     x        x          x       x         x          x       x
publish Process     x     x        -          -       -         -          -       -
read Incident       x     x        x          x       -         x          x       x
retry Incident      x     -        x          -       -         -          -       -
read Party          x     x        x          x       -         x          x       x
read Stock          x     x        x          x       x         x          x       x
read Audit          x     -        -          -       -         x          -       x
read Plugin         x     x        x          -       -         -          -       x
configure Plugin    x     -        -          -       -         -          -       -
`;

const fields = `
                    owner designer operations finance warehouse compliance support auditor
Order.listPrice     x     -        x          x       -         x          -       x
Order.auditData     x     x        x          x       -         x          -       x
Task.variables      x     x        x          x       -         x          -       x
Process.variables   x     x        x          x       -         x          -       x
Process.decisions   x     x        x          x       -         x          -       x
Party.creditLimit   x     -        x          x       -         x          -       x
`;

function parse(table: string): ReadonlyMap<string, readonly string[]> {
  const [head, ...lines] = table.trim().split('\n');
  expect(head?.trim().split(/\s+/)).toEqual(columns);
  return new Map(
    lines.map((line) => {
      const cells = line.trim().split(/\s+/);
      return [cells.slice(0, -columns.length).join(' '), cells.slice(-columns.length)];
    }),
  );
}

describe('role x action x subject', () => {
  const expected = parse(matrix);
  const cells = ROLES.flatMap((role, column) =>
    ACTIONS.flatMap((action) =>
      SUBJECTS.map((subject) => ({
        role,
        action,
        subject,
        cell: expected.get(`${action} ${subject}`)?.[column] ?? '-',
      })),
    ),
  );

  test.each(cells)('$role $action $subject: $cell', ({ role, action, subject, cell }) => {
    const ability = abilityFor(user(role));
    const offered = { tenantId, candidateGroups: [role], assignee: 'another' };
    const assigned = { tenantId, candidateGroups: [], assignee: 'me' };
    const neither = { tenantId, candidateGroups: ['nobody'], assignee: null };
    const letters = [
      may(ability, action, subject, offered) && 'o',
      may(ability, action, subject, assigned) && 'a',
      may(ability, action, subject, neither) && 'x',
    ].filter((letter) => letter !== false);
    expect(letters.includes('x') ? 'x' : letters.join('') || '-').toBe(cell);
  });
});

describe('sensitive fields', () => {
  const cells = [...parse(fields)].flatMap(([name, row]) =>
    ROLES.map((role, column) => ({ role, name, cell: row[column] })),
  );
  test.each(cells)('$role reads $name: $cell', ({ role, name, cell }) => {
    const [subject, field] = name.split('.') as [Subject, SensitiveField];
    const offered = { tenantId, candidateGroups: [role] };
    expect(may(abilityFor(user(role)), 'read', subject, offered, field)).toBe(cell === 'x');
  });

  it('gives a field only together with its row', () => {
    for (const role of ROLES) {
      const ability = abilityFor(user(role));
      for (const name of parse(fields).keys()) {
        const [subject, field] = name.split('.') as [Subject, SensitiveField];
        for (const resource of [row, { tenantId, candidateGroups: [role] }]) {
          const readable = may(ability, 'read', subject, resource);
          if (may(ability, 'read', subject, resource, field)) expect(readable).toBe(true);
        }
      }
    }
  });
});

describe('any principal', () => {
  const roles = subarray([...ROLES]);
  const action = constantFrom<Action>(...ACTIONS);
  const subject = constantFrom<Subject>(...SUBJECTS);
  const resource = constantFrom<Resource>(
    row,
    { tenantId, candidateGroups: ['finance'], assignee: null },
    { tenantId, candidateGroups: [], assignee: 'me' },
  );

  it('may do with two sets of roles what either set may, and no more', () => {
    assert(
      property(roles, roles, action, subject, resource, (some, others, action, subject, resource) => {
        const asks = (...roles: readonly Role[]) =>
          may(abilityFor(user(...roles)), action, subject, resource);
        expect(asks(...new Set([...some, ...others]))).toBe(asks(...some) || asks(...others));
      }),
    );
  });

  it('may do nothing to a row of another tenant, or to one without a tenant', () => {
    assert(
      property(roles, action, subject, resource, (roles, action, subject, resource) => {
        const ability = abilityFor(user(...roles));
        expect(may(ability, action, subject, { ...resource, tenantId: 'elsewhere' })).toBe(false);
        expect(may(ability, action, subject, {} as Resource)).toBe(false);
      }),
    );
  });

  it('may do nothing without a role', () => {
    assert(
      property(action, subject, resource, (action, subject, resource) => {
        expect(may(abilityFor(user()), action, subject, resource)).toBe(false);
      }),
    );
  });
});

it('takes only known role names from storage', () => {
  expect(rolesFrom(['support', 'root', 'finance', '__proto__'])).toEqual(['finance', 'support']);
});

it('refuses to build an ability without a tenant', () => {
  expect(() => abilityFor({ ...user('owner'), tenantId: '' })).toThrow('tenant');
});

describe('visible rows', () => {
  it('are none without a role and without a rule', () => {
    expect(visibleRows(abilityFor(user()), 'Order')).toEqual([]);
    expect(visibleRows(abilityFor(user('warehouse')), 'Audit')).toEqual([]);
  });

  it('are the tasks offered or assigned to a principal', () => {
    expect(visibleRows(abilityFor(user('finance')), 'Task')).toEqual(
      expect.arrayContaining([
        { tenantId, candidateGroups: { $in: ['finance'] } },
        { tenantId, assignee: 'me' },
      ]),
    );
  });

  it('are never widened by a rule about fields', () => {
    for (const role of ROLES) {
      for (const subject of SUBJECTS) {
        const rows = visibleRows(abilityFor(user(role)), subject);
        expect(rows.every((filter) => filter.tenantId === tenantId)).toBe(true);
        const expected = may(abilityFor(user(role)), 'read', subject, { tenantId, candidateGroups: [role] });
        expect(rows.length > 0).toBe(expected);
      }
    }
  });
});

describe('authorize', () => {
  const refusal = (...input: Parameters<typeof authorize>) => {
    try {
      authorize(...input);
      return null;
    } catch (error) {
      if (!isOrderloomError(error)) throw error;
      return { code: error.code, message: error.message, fix: error.fix };
    }
  };

  it('names the roles that may', () => {
    expect(refusal(user('warehouse'), 'create', 'Intake')).toEqual({
      code: 'FORBIDDEN',
      message: 'You may not create this intake.',
      fix: 'This takes the role owner or operations.',
    });
  });

  it('names the roles a task is offered to', () => {
    const task = { tenantId, candidateGroups: ['finance'], assignee: null };
    expect(refusal(user('finance'), 'claim', 'Task', task)).toBeNull();
    expect(refusal(user('warehouse'), 'claim', 'Task', task)?.fix).toBe(
      'This takes the role owner or finance.',
    );
  });

  it('does not take "some task" for an answer about any task', () => {
    expect(refusal(user('finance'), 'claim', 'Task')?.code).toBe('FORBIDDEN');
  });

  it('says nothing about a row of another tenant', () => {
    const foreign = { tenantId: 'elsewhere', candidateGroups: ['finance'], assignee: null };
    expect(refusal(user('finance'), 'claim', 'Task', foreign)).toEqual(
      refusal(user('finance'), 'claim', 'Task'),
    );
  });

  it('lets the system act in its own tenant only', () => {
    const system = systemPrincipal(tenantId);
    for (const action of ['create', 'publish', 'retry'] as const) {
      const subject = ({ create: 'Intake', publish: 'Process', retry: 'Incident' } as const)[action];
      expect(refusal(system, action, subject)).toBeNull();
      expect(refusal(system, action, subject, { tenantId: 'elsewhere' })?.code).toBe('FORBIDDEN');
    }
  });
});
