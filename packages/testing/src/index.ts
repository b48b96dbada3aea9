export { fakeClock, type FakeClock } from './fake-clock.ts';
export { openTestDatabase, type TestDatabase } from './test-database.ts';
export { createTestTenant, type TestTenant } from './test-tenant.ts';
