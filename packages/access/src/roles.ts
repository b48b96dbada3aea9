import type { Action, SensitiveField, Subject } from './subject.ts';

export const ROLES = [
  'owner',
  'designer',
  'operations',
  'finance',
  'warehouse',
  'compliance',
  'support',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Names as they are stored; one that is not a role gives no rights. */
export function rolesFrom(names: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => names.includes(role));
}

export interface Rule {
  readonly roles: readonly Role[];
  readonly may: readonly Action[];
  readonly on: readonly Subject[];
  /** Which rows beyond "of the own tenant": tasks offered to one of the principal's roles, or taken by the principal. */
  readonly where?: 'offered' | 'assigned';
  /** Sensitive fields this rule gives back; such a rule gives nothing else. */
  readonly fields?: readonly SensitiveField[];
}

const everyone = ROLES;
const everyoneElse = ROLES.filter((role) => role !== 'owner');
const office = ['owner', 'designer', 'operations', 'finance', 'compliance', 'auditor'] as const;
const money = ['owner', 'operations', 'finance', 'compliance', 'auditor'] as const;

/**
 * Who may do what, one line a rule. Rules only add: a principal with two roles may do what either may, and the
 * order of the lines means nothing. Whatever no line allows is refused.
 */
export const RULES: readonly Rule[] = [
  { roles: everyone, may: ['read'], on: ['Order', 'Shipment', 'Document', 'Process', 'Stock'] },
  { roles: [...office, 'support'], may: ['read'], on: ['Intake', 'Party', 'Incident'] },
  { roles: ['owner', 'designer', 'operations', 'auditor'], may: ['read'], on: ['Plugin'] },
  { roles: ['owner', 'compliance', 'auditor'], may: ['read'], on: ['Audit'] },

  { roles: money, may: ['read'], on: ['Order'], fields: ['listPrice'] },
  { roles: office, may: ['read'], on: ['Order'], fields: ['auditData'] },
  { roles: money, may: ['read'], on: ['Party'], fields: ['creditLimit'] },
  { roles: office, may: ['read'], on: ['Process'], fields: ['variables', 'decisions'] },
  { roles: office, may: ['read'], on: ['Task'], fields: ['variables'] },

  { roles: ['owner', 'designer', 'operations', 'auditor'], may: ['read'], on: ['Task'] },
  { roles: everyone, may: ['read'], on: ['Task'], where: 'offered' },
  { roles: everyone, may: ['read'], on: ['Task'], where: 'assigned' },
  { roles: ['owner'], may: ['claim', 'release', 'complete'], on: ['Task'] },
  { roles: everyoneElse, may: ['claim', 'complete'], on: ['Task'], where: 'offered' },
  { roles: everyoneElse, may: ['release', 'complete'], on: ['Task'], where: 'assigned' },

  { roles: ['owner', 'operations'], may: ['create'], on: ['Intake'] },
  { roles: ['owner', 'operations', 'warehouse', 'support'], may: ['track'], on: ['Shipment'] },
  { roles: ['owner', 'operations'], may: ['retry'], on: ['Incident'] },
  { roles: ['owner', 'designer'], may: ['publish'], on: ['Process'] },
  { roles: ['owner'], may: ['configure'], on: ['Plugin'] },
];
