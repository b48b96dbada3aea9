import { ROLES, type Role } from './roles.ts';

/** Who acts, in which tenant. One person in two tenants is two principals. */
export interface Principal {
  readonly kind: 'user' | 'system';
  /** The user's id; `system` for the product itself. */
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly roles: readonly Role[];
}

/** The product acting on its own in a tenant: timers, seeds, jobs. It holds every role. */
export function systemPrincipal(tenantId: string): Principal {
  return { kind: 'system', id: 'system', name: 'Orderloom', tenantId, roles: ROLES };
}
