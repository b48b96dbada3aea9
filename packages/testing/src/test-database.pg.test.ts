import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestTenant, openTestDatabase, type TestDatabase } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('every test database is migrated, empty and its own', async () => {
  const other = await openTestDatabase();
  try {
    const tenant = await createTestTenant(database);
    expect(await database.tenants()).toMatchObject([{ id: tenant.id }]);
    expect(await other.tenants()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('a test tenant comes with its people and their roles', async () => {
  const tenant = await createTestTenant(database, {
    name: 'Harbour Tools',
    users: [{ name: 'Ada', roles: ['clerk', 'picker'] }],
  });
  const [ada] = tenant.users;
  expect(await database.membershipsOf(ada?.id ?? '')).toMatchObject([
    { tenantId: tenant.id, tenantName: 'Harbour Tools', roles: ['clerk', 'picker'] },
  ]);
});
