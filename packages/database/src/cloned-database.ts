// For the tests of this package. Others use @orderloom/testing, which stands on this package.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase, dropDatabase } from './create-database.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { readonly url: string; readonly template: string; readonly secret: string };
  }
}

export interface ClonedDatabase {
  readonly database: Database;
  readonly url: string;
  readonly secret: string;
  /** Past all walls. */
  readonly owner: pg.Client;
  drop(): Promise<void>;
}

/** A database of the test server, empty of tables. */
export async function emptyDatabase(): Promise<{ url: string; secret: string; drop: () => Promise<void> }> {
  const { url: server, secret } = inject('postgres');
  const name = `orderloom_test_${randomUUID()}`;
  return { url: await createDatabase(server, name), secret, drop: () => dropDatabase(server, name) };
}

/** A migrated database of a test's own. */
export async function cloneDatabase(): Promise<ClonedDatabase> {
  const { url: server, template, secret } = inject('postgres');
  const name = `orderloom_test_${randomUUID()}`;
  const url = await createDatabase(server, name, template);
  const database = await openDatabase({ url, secret });
  const owner = new pg.Client(url);
  await owner.connect();
  const drop = async () => {
    await Promise.all([database.close(), owner.end()]);
    await dropDatabase(server, name);
  };
  return { database, url, secret, owner, drop };
}

export const exampleTenant = (slug: string) => ({
  slug,
  name: slug.toUpperCase(),
  timeZone: 'Europe/Zurich',
  currency: 'EUR',
  companyPrefix: '0614141',
  address: {},
});
