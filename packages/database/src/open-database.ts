import { PrismaPg } from '@prisma/adapter-pg';
import { assert, fail, newId, type Id } from '@orderloom/kernel';
import pg from 'pg';
import { PrismaClient } from '../generated/client/client.ts';
import { connectAsOwner, parseDatabaseUrl, placeOf, type Target } from './connect.ts';
import type { Database, NewTenant, Tenant, TenantClient } from './database.ts';
import type { DatabaseErrorCode } from './errors.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { Notifications } from './notifications.ts';
import { asRole, ensureServingRoles } from './serving-roles.ts';
import { columnTypes, runTransaction, statementName, type Transaction } from './transaction.ts';

export interface OpenDatabaseOptions {
  /** As the owner, who migrates; nothing is served as the owner. */
  readonly url: string;
  /** The root key, from which the passwords of the serving roles are derived. */
  readonly secret: string;
  /** Connections that serve requests. Each transaction and each read holds one. Default 10. */
  readonly poolSize?: number;
  readonly log?: (line: string) => void;
}

/**
 * Opens the database: makes sure of the serving roles, migrates to this version, and enters as those roles.
 *
 * Fails with a code of `errors.ts` that names what is wrong with the URL, the server, the roles or the version.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { log = () => {}, secret, poolSize = 10 } = options;
  const target = parseDatabaseUrl(options.url);
  await prepare(target, secret, log);

  const appTarget = asRole(target, 'orderloom_app', secret);
  const app = openPool(appTarget, poolSize, log);
  const engine = openPool(asRole(target, 'orderloom_engine', secret), 4, log);
  const identityPool = openPool(asRole(target, 'orderloom_identity', secret), 4, log);
  const reader = prismaOn(app);
  const identity = prismaOn(identityPool);
  const notifications = new Notifications(appTarget, log);

  const transaction: Database['transaction'] = (tenantId, work, options) =>
    runTransaction(app, beginFor(tenantId), work, options);

  return {
    transaction,
    read: (tenantId, work) => readAs(reader, tenantId, work),
    engine: (work, options) => runTransaction(engine, BEGIN, work, options),
    identity,
    async membershipsOf(userId) {
      const members = await identity.member.findMany({
        where: { userId },
        include: { tenant: true },
        orderBy: { tenant: { name: 'asc' } },
      });
      return members.map(({ tenantId, roles, tenant }) => ({
        tenantId,
        tenantSlug: tenant.slug,
        tenantName: tenant.name,
        timeZone: tenant.timeZone,
        currency: tenant.currency,
        roles,
      }));
    },
    tenants: () =>
      identity.tenant.findMany({
        select: { id: true, slug: true, name: true, timeZone: true, currency: true },
        orderBy: { slug: 'asc' },
      }),
    createTenant: (tenant) => createTenant(transaction, tenant),
    async notify(tx, channel, payload) {
      await tx.query('select pg_notify($1, $2)', [channel, payload]);
    },
    listen: (channel, onMessage) => notifications.listen(channel, onMessage),
    async ping() {
      await app.query('select 1');
    },
    async close() {
      await Promise.all([notifications.close(), reader.$disconnect(), identity.$disconnect()]);
      await Promise.all([app.end(), engine.end(), identityPool.end()]);
    },
  };
}

/** All that is done as the owner. */
async function prepare(target: Target, secret: string, log: (line: string) => void): Promise<void> {
  const owner = await connectAsOwner(target);
  try {
    await requireServer(owner, target);
    await ensureServingRoles(owner, target, secret);
    const applied = await migrate(owner, await readMigrations());
    if (applied.length > 0) log(`Migrated the database ${placeOf(target)}: ${applied.join(', ')}.`);
  } finally {
    await owner.end();
  }
}

const OLDEST_SERVER = 15;

async function requireServer(owner: pg.Client, target: Target): Promise<void> {
  const { rows } = await owner.query<{ version: string; major: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major,
            current_setting('server_encoding') as encoding`,
  );
  const [server] = rows;
  assert(server, 'one row of settings');
  if (server.major < OLDEST_SERVER) {
    fail(
      'DATABASE_UNSUPPORTED' satisfies DatabaseErrorCode,
      `The database ${placeOf(target)} runs on PostgreSQL ${server.version}.`,
      { field: 'DATABASE_URL', fix: `Use PostgreSQL ${OLDEST_SERVER} or newer.` },
    );
  }
  if (server.encoding !== 'UTF8') {
    fail(
      'DATABASE_UNSUPPORTED' satisfies DatabaseErrorCode,
      `The database ${placeOf(target)} is encoded as ${server.encoding}.`,
      {
        field: 'DATABASE_URL',
        fix: `Use one made with: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0;`,
      },
    );
  }
}

function openPool(target: Target, max: number, log: (line: string) => void): pg.Pool {
  const pool = new pg.Pool({
    ...target,
    max,
    types: columnTypes,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'orderloom',
  });
  pool.on('error', (error) => log(`A database connection was lost: ${error.message}.`));
  return pool;
}

const prismaOn = (pool: pg.Pool): PrismaClient =>
  new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }),
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  });

const BEGIN = 'begin isolation level read committed read write';

/** One trip for both: the wall stands before the first statement. */
function beginFor(tenantId: Id): string {
  requireId(tenantId);
  return `${BEGIN}; select set_config('app.tenant', '${tenantId}', true)`;
}

function readAs<T>(
  reader: PrismaClient,
  tenantId: Id,
  work: (client: TenantClient) => Promise<T>,
): Promise<T> {
  requireId(tenantId);
  return reader.$transaction(
    async (client) => {
      await client.$queryRaw`select set_config('app.tenant', ${tenantId}, true),
                                    set_config('transaction_read_only', 'on', true)`;
      return work(client);
    },
    { isolationLevel: 'RepeatableRead' },
  );
}

/** A missing tenant must stop here: what is undefined in a condition opens every wall built on it. */
function requireId(tenantId: Id): void {
  assert(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(tenantId), `a tenant id, not ${tenantId}`);
}

async function createTenant(
  transaction: Database['transaction'],
  { id = newId(), slug, name, timeZone, currency, companyPrefix, address }: NewTenant,
): Promise<Tenant> {
  const insert = (tx: Transaction) =>
    tx.query(
      `insert into tenant (id, slug, name, time_zone, currency, company_prefix, address)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (slug) do nothing returning id`,
      [id, slug, name, timeZone, currency, companyPrefix, JSON.stringify(address)],
    );
  if ((await transaction(id, insert)).length === 0) {
    fail('TENANT_EXISTS' satisfies DatabaseErrorCode, `There is a tenant "${slug}" already.`, {
      field: 'slug',
      fix: 'Choose another slug.',
    });
  }
  return { id, slug, name, timeZone, currency };
}
