import type { Database, NewTenant, Tenant } from '@orderloom/database';
import { newId } from '@orderloom/kernel';

export interface TestTenant extends Tenant {
  readonly users: readonly { readonly id: string; readonly name: string; readonly email: string }[];
}

/** A tenant with plausible facts, and people in it. Say only what the test is about. */
export async function createTestTenant(
  database: Database,
  tenant: Partial<NewTenant> & {
    readonly users?: readonly { readonly name: string; readonly roles: readonly string[] }[];
  } = {},
): Promise<TestTenant> {
  const { users = [], ...facts } = tenant;
  const id = facts.id ?? newId();
  const created = await database.createTenant({
    id,
    slug: `tenant-${id}`,
    name: 'Northwind Hardware',
    timeZone: 'Europe/Zurich',
    currency: 'EUR',
    companyPrefix: '0614141',
    address: { line1: '1 Quay Street', city: 'Zurich', postalCode: '8001', country: 'CH' },
    ...facts,
  });
  const people = users.map(({ name, roles }) => {
    const userId = newId();
    return { id: userId, name, roles, email: `${userId}@example.com` };
  });
  for (const { id: userId, name, email, roles } of people) {
    await database.identity.user.create({ data: { id: userId, name, email, emailVerified: true } });
    await database.transaction(id, (tx) =>
      tx.query('insert into member (tenant_id, user_id, roles) values ($1, $2, $3)', [id, userId, roles]),
    );
  }
  return { ...created, users: people.map(({ id: userId, name, email }) => ({ id: userId, name, email })) };
}
