import { abilityFor, rolesFrom, type Principal } from '@orderloom/access';
import type { Database, Membership, Tenant } from '@orderloom/database';
import type { Viewer } from '@orderloom/graphql';
import { fail, must } from '@orderloom/kernel';
import type { Auth } from './auth.ts';
import type { ServerErrorCode } from './errors.ts';

export type FindViewer = (headers: Headers) => Promise<Viewer | null>;

/** The slug of the tenant to act in; the first by name when absent. */
const tenantHeader = 'x-orderloom-tenant';

/**
 * Who asks, and as what: session, then person, then their place in the tenant. Asked anew for every request and
 * every event of a subscription, so that a session or a role that ends, ends at once.
 *
 * Fails with TENANT_NONE, and with TENANT_NOT_FOUND alike for a tenant of others and one that does not exist.
 */
export function viewerFinder(auth: Auth, database: Database): FindViewer {
  return async (headers) => {
    const session = await auth.api.getSession({ headers });
    if (!session) return null;
    const { id, name, email, locale } = session.user;
    const memberships = await database.membershipsOf(id);
    const membership = choose(memberships, headers.get(tenantHeader));
    const principal: Principal = {
      kind: 'user',
      id,
      name,
      tenantId: membership.tenantId,
      roles: rolesFrom(membership.roles),
    };
    return {
      user: { id, name, email, language: locale ?? 'en' },
      tenant: tenantOf(membership),
      tenants: memberships.map(tenantOf),
      principal,
      ability: abilityFor(principal),
    };
  };
}

function choose(memberships: readonly Membership[], slug: string | null): Membership {
  if (memberships.length === 0) {
    fail('TENANT_NONE' satisfies ServerErrorCode, 'You do not belong to any organisation here.', {
      fix: 'Ask an owner of yours to invite you.',
    });
  }
  if (slug === null) return must(memberships[0], 'a membership');
  return (
    memberships.find(({ tenantSlug }) => tenantSlug === slug) ??
    fail('TENANT_NOT_FOUND' satisfies ServerErrorCode, 'You do not belong to an organisation of that name.', {
      field: tenantHeader,
      fix: 'Send the slug of one of yours, or leave the header out.',
    })
  );
}

function tenantOf({ tenantId, tenantSlug, tenantName, timeZone, currency }: Membership): Tenant {
  return { id: tenantId, slug: tenantSlug, name: tenantName, timeZone, currency };
}
