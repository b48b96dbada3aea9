import { defineConfig } from 'vitest/config';

// A test's suffix says what it needs: `.test.ts` nothing, `.pg.test.ts` a real PostgreSQL,
// `.e2e.test.ts` the whole server (and Chromium where it is installed).
const everywhere = ['packages/*/src/**', 'plugins/*/src/**', 'apps/*/src/**'];
const shared = {
  pool: 'forks' as const,
  // Plain Node: type stripping and real module resolution. Vite's runner would load graphql twice.
  experimental: { viteModuleRunner: false },
  // Limits for what hangs, not measures: a machine may be slow or busy with the rest of the suite.
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: everywhere.map((folder) => `${folder}/*.test.ts`),
          exclude: ['**/*.{pg,e2e}.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: everywhere.map((folder) => `${folder}/*.pg.test.ts`),
          globalSetup: './packages/testing/src/postgres-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'journeys',
          include: everywhere.map((folder) => `${folder}/*.e2e.test.ts`),
          globalSetup: './packages/testing/src/postgres-setup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
