import { fail, newId } from '@orderloom/kernel';
import type pg from 'pg';
import type { DatabaseErrorCode } from './errors.ts';
import type { Migration } from './migrations.ts';

/** The number under which Prisma's own tools lock a database while they migrate it. */
const MIGRATION_LOCK = 72_707_369;

interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/**
 * Brings the database to the newest of `migrations` and returns the names of those it applied.
 *
 * The record is Prisma's (`_prisma_migrations`), the runner is not: a migration and its record are one
 * transaction, so a failed one leaves nothing behind, and nothing but SQL is loaded at start. Any number of
 * servers may start at once; one migrates and the others wait for it.
 */
export async function migrate(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  if (pendingOf(await readApplied(client), migrations).length === 0) return [];
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    const applied = await readApplied(client);
    if (applied === null) await createRecord(client);
    const pending = pendingOf(applied, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {}); // ends with the connection
  }
}

/** What was applied so far; null when the database was never migrated. */
async function readApplied(client: pg.Client): Promise<readonly Applied[] | null> {
  const { rows: found } = await client.query(`select to_regclass('public._prisma_migrations') as record`);
  if ((found[0] as { record: unknown }).record === null) return null;
  const { rows } = await client.query<Applied>(
    `select migration_name as name, checksum, finished_at is not null as finished
       from public._prisma_migrations where rolled_back_at is null order by migration_name`,
  );
  return rows;
}

/** What is left to apply, or an error when what was applied is not what we know. */
function pendingOf(
  applied: readonly Applied[] | null,
  migrations: readonly Migration[],
): readonly Migration[] {
  if (applied === null) return migrations;
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const unknown = applied.filter(({ name }) => !known.has(name));
  if (unknown.length > 0) {
    fail(
      'DATABASE_NEWER' satisfies DatabaseErrorCode,
      `The database is at version ${applied.at(-1)?.name}, which this server does not know; it knows up to ${migrations.at(-1)?.name}.`,
      {
        field: 'DATABASE_URL',
        fix: 'Start the newer version of Orderloom that migrated it, or restore a backup from before that.',
        details: { unknown: unknown.map(({ name }) => name) },
      },
    );
  }
  for (const { name, checksum, finished } of applied) {
    if (!finished) {
      fail(
        'DATABASE_MIGRATION_FAILED' satisfies DatabaseErrorCode,
        `Migration ${name} was begun and never finished.`,
        {
          field: name,
          fix: `See what it left behind, mend it, and mark it: update _prisma_migrations set rolled_back_at = now() where migration_name = '${name}';`,
        },
      );
    }
    if (checksum !== known.get(name)?.checksum) {
      fail(
        'DATABASE_MIGRATION_EDITED' satisfies DatabaseErrorCode,
        `Migration ${name} was changed after it was applied to this database.`,
        { field: name, fix: 'Put the file back as it was and write the change as a new migration.' },
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function createRecord(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
      order by relname limit 3`,
  );
  if (rows.length > 0) {
    fail(
      'DATABASE_NOT_EMPTY' satisfies DatabaseErrorCode,
      `The database holds tables of something else (${rows.map(({ name }) => name).join(', ')}).`,
      { field: 'DATABASE_URL', fix: 'Name an empty database in DATABASE_URL.' },
    );
  }
  await client.query(
    `create table public._prisma_migrations (
       id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
       migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
       started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`,
  );
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    // Without row_security a statement that a wall would silently narrow fails instead.
    await client.query('begin; set local row_security = off; set local search_path = public');
    await client.query(sql);
    await client.query(
      `insert into public._prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, 1)`,
      [newId(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    fail(
      'DATABASE_MIGRATION_FAILED' satisfies DatabaseErrorCode,
      `Migration ${name} failed and was undone: ${(cause as Error).message}.`,
      { field: name, fix: 'Mend what the message names; the next start tries again.', cause },
    );
  }
}
