import { newId } from '@orderloom/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, exampleTenant, type ClonedDatabase } from './cloned-database.ts';
import { nextNumber } from './next-number.ts';

/** Tables that no tenant owns a row of, and why each stands where it stands. */
const OUTSIDE_THE_WALLS = {
  _prisma_migrations: 'which migrations were applied; no serving role sees it',
  account: 'how a person signs in; the identity role only',
  session: 'who is signed in; the identity role only',
  verification: 'codes on their way to a person; the identity role only',
};
/** Walled by another column than tenant_id. */
const WALLED_OTHERWISE = ['tenant', 'user'];

const ENGINE_TABLES = [
  'incident',
  'job',
  'message',
  'message_subscription',
  'outbox_event',
  'process_instance',
  'start_subscription',
  'start_timer',
  'timer',
  'user_task',
];

interface Shop {
  readonly tenantId: string;
  readonly partyId: string;
  readonly instanceId: string;
  readonly definitionId: string;
}

let cloned: ClonedDatabase;
let ours: Shop;
let theirs: Shop;

beforeAll(async () => {
  cloned = await cloneDatabase();
  ours = await openShop('ours');
  theirs = await openShop('theirs');
});
afterAll(() => cloned.drop());

/** A tenant with one row in some tables. */
async function openShop(slug: string): Promise<Shop> {
  const { id: tenantId } = await cloned.database.createTenant(exampleTenant(slug));
  const [partyId, definitionId, instanceId, userId] = [newId(), newId(), newId(), newId()];
  await cloned.database.identity.user.create({
    data: { id: userId, name: slug, email: `${slug}@example.com` },
  });
  await cloned.database.transaction(tenantId, async (tx) => {
    await tx.query('insert into member (tenant_id, user_id, roles) values ($1, $2, $3)', [
      tenantId,
      userId,
      ['owner'],
    ]);
    await tx.query(
      `insert into party (tenant_id, id, name, roles, credit_limit, currency) values ($1, $2, $3, '{}', 0, 'EUR')`,
      [tenantId, partyId, slug],
    );
    await tx.query(
      `insert into process_definition (tenant_id, id, key, version, name, xml, sha256, deployed_at, deployed_by)
       values ($1, $2, 'order', 1, 'Order', '<xml/>', '', now(), 'system')`,
      [tenantId, definitionId],
    );
    await tx.query(
      `insert into process_instance (tenant_id, id, definition_id, state, started_at) values ($1, $2, $3, '{}', now())`,
      [tenantId, instanceId, definitionId],
    );
    await tx.query(
      `insert into job (tenant_id, instance_id, id, element, type, variables, attempts_left, due_at)
       values ($1, $2, 'job-1', 'Ship', 'carrier.book', '{}', 3, now())`,
      [tenantId, instanceId],
    );
  });
  return { tenantId, partyId, definitionId, instanceId };
}

const asOurs = (sql: string, values: readonly unknown[] = []) =>
  cloned.database.transaction(ours.tenantId, (tx) => tx.query(sql, values));

describe('the catalogue', () => {
  interface Table {
    readonly name: string;
    readonly tenant: boolean;
    readonly enabled: boolean;
    readonly forced: boolean;
    readonly policies: number;
  }

  const readTables = async () => {
    const { rows } = await cloned.owner.query<Table>(
      `select relname as name, relrowsecurity as enabled, relforcerowsecurity as forced,
              exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'tenant_id') as tenant,
              (select count(*)::int from pg_policy where polrelid = pg_class.oid and polname = 'tenant') as policies
         from pg_class where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace = 'public'::regnamespace`,
    );
    return rows;
  };

  test('every table of tenants has a wall that holds the owner too', async () => {
    const walled = (await readTables()).filter(
      ({ tenant, name }) => tenant || WALLED_OTHERWISE.includes(name),
    );
    expect(walled.length).toBeGreaterThan(30);
    expect(walled.filter(({ enabled, forced, policies }) => !enabled || !forced || policies !== 1)).toEqual(
      [],
    );
  });

  test('every other table is on the list', async () => {
    const open = (await readTables()).filter(
      ({ tenant, name }) => !tenant && !WALLED_OTHERWISE.includes(name),
    );
    expect(open.map(({ name }) => name).toSorted()).toEqual(Object.keys(OUTSIDE_THE_WALLS));
  });

  test('keys of tables of tenants begin with the tenant, so that no foreign key reaches into another', async () => {
    const { rows } = await cloned.owner.query(
      `select conname from pg_constraint join pg_class on pg_class.oid = conrelid
        where contype = 'f' and relnamespace = 'public'::regnamespace and relname <> 'member'
          and exists (select from pg_attribute where attrelid = conrelid and attname = 'tenant_id')
          and conkey[1] <> (select attnum from pg_attribute where attrelid = conrelid and attname = 'tenant_id')`,
    );
    expect(rows).toEqual([]);
  });

  test('the serving roles own nothing, have no powers and may not truncate', async () => {
    const { rows } = await cloned.owner.query(
      `select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful,
              exists (select from pg_class where relowner = pg_roles.oid) as owns,
              exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
                and has_table_privilege(pg_roles.oid, pg_class.oid, 'truncate, references, trigger')) as truncates,
              has_schema_privilege(oid, 'public', 'create') as creates
         from pg_roles where rolname like 'orderloom\\_%' order by rolname`,
    );
    const harmless = { powerful: false, owns: false, truncates: false, creates: false };
    expect(rows).toEqual([
      { name: 'orderloom_app', ...harmless },
      { name: 'orderloom_engine', ...harmless },
      { name: 'orderloom_identity', ...harmless },
    ]);
  });

  test('the engine sees its own tables and no other', async () => {
    const { rows } = await cloned.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
          and has_any_column_privilege('orderloom_engine', oid, 'select, insert, update') order by relname`,
    );
    expect(rows.map(({ name }) => name)).toEqual(ENGINE_TABLES);
  });
});

describe('a tenant', () => {
  test('reads its own rows only, by SQL and by Prisma', async () => {
    expect(await asOurs('select tenant_id from job')).toEqual([{ tenant_id: ours.tenantId }]);
    expect(await asOurs('select id from tenant')).toEqual([{ id: ours.tenantId }]);
    const seen = await cloned.database.read(ours.tenantId, async (client) => ({
      parties: await client.party.findMany({ select: { name: true } }),
      foreign: await client.party.findUnique({
        where: { tenantId_id: { tenantId: theirs.tenantId, id: theirs.partyId } },
      }),
      people: await client.user.findMany({ select: { name: true } }),
      tenants: await client.tenant.count(),
    }));
    expect(seen).toEqual({
      parties: [{ name: 'ours' }],
      foreign: null,
      people: [{ name: 'ours' }],
      tenants: 1,
    });
  });

  test('neither changes nor deletes rows of another', async () => {
    const { tenantId } = theirs;
    expect(
      await asOurs('update party set name = $2 where tenant_id = $1 returning id', [tenantId, 'x']),
    ).toEqual([]);
    expect(await asOurs('delete from job where tenant_id = $1 returning id', [tenantId])).toEqual([]);
    const { rows } = await cloned.owner.query('select name from party where id = $1', [theirs.partyId]);
    expect(rows).toEqual([{ name: 'theirs' }]);
  });

  test.each([
    ['writes', 'insert into number_series (tenant_id, series, next) values ($1, $2, 1)'],
    ['gives its rows to', 'update party set tenant_id = $1 where name <> $2'],
    [
      'makes',
      `insert into tenant (id, slug, name, time_zone, currency, company_prefix, address) values ($1, $2, '', '', 'EUR', '', '{}')`,
    ],
  ])('never %s another', async (_, sql) => {
    await expect(asOurs(sql, [newId(), 'x'])).rejects.toThrow(/row-level security/);
  });

  test('cannot refer to a row of another', async () => {
    const sql = `insert into process_instance (tenant_id, id, definition_id, state, started_at) values ($1, $2, $3, '{}', now())`;
    await expect(asOurs(sql, [ours.tenantId, newId(), theirs.definitionId])).rejects.toThrow(/foreign key/);
  });

  test.each(['session', 'account', 'verification', '_prisma_migrations'])('cannot see %s', async (table) => {
    await expect(asOurs(`select * from ${table}`)).rejects.toThrow(/permission denied/);
  });

  test.each(['', 'not-an-id', `${newId()}'; drop table party; --`])('is never "%s"', async (tenantId) => {
    const { database } = cloned;
    await expect(async () => database.transaction(tenantId, (tx) => tx.query('select'))).rejects.toThrow(
      /a tenant id/,
    );
    await expect(async () => database.read(tenantId, (client) => client.party.count())).rejects.toThrow(
      /a tenant id/,
    );
  });

  test('is forgotten by the connection when the transaction ends', async () => {
    await asOurs('select 1');
    await cloned.owner.query('begin; set local role orderloom_app');
    const { rows } = await cloned.owner.query(
      `select (select count(*)::int from party) as unset,
              set_config('app.tenant', '', true) as tenant,
              (select count(*)::int from party) as empty`,
    );
    await cloned.owner.query('rollback');
    expect(rows).toEqual([{ unset: 0, tenant: '', empty: 0 }]);
  });
});

describe('the engine', () => {
  const asEngine = (sql: string, values: readonly unknown[] = []) =>
    cloned.database.engine((tx) => tx.query(sql, values));

  test('finds and leases work of all tenants', async () => {
    const leased = await asEngine(
      `update job set state = 'LEASED', leased_by = 'node-1', leased_until = now() + interval '5 s', attempt = attempt + 1
        where (tenant_id, instance_id, id) in
          (select tenant_id, instance_id, id from job where state = 'WAITING' and due_at <= now()
            order by due_at limit 10 for update skip locked)
        returning tenant_id`,
    );
    expect(new Set(leased.map(({ tenant_id }) => tenant_id))).toEqual(
      new Set([ours.tenantId, theirs.tenantId]),
    );
  });

  test.each([
    'select * from party',
    'select * from "order"',
    'select * from tenant',
    `update job set variables = '{}'`,
    `update job set tenant_id = gen_random_uuid()`,
    `update process_instance set state = '{}'`,
    'delete from job',
    `insert into timer (tenant_id, instance_id, id, element, due_at) select tenant_id, id, 't', 'e', now() from process_instance`,
  ])('may not: %s', async (sql) => {
    await expect(asEngine(sql)).rejects.toThrow(/permission denied/);
  });
});

describe('identity', () => {
  test('knows people and where they belong, and no business', async () => {
    const { database } = cloned;
    const person = await database.identity.user.findUniqueOrThrow({ where: { email: 'ours@example.com' } });
    expect(await database.membershipsOf(person.id)).toEqual([
      {
        tenantId: ours.tenantId,
        tenantSlug: 'ours',
        tenantName: 'OURS',
        timeZone: 'Europe/Zurich',
        currency: 'EUR',
        roles: ['owner'],
      },
    ]);
    expect(await database.membershipsOf('nobody')).toEqual([]);
    expect((await database.tenants()).map(({ slug }) => slug)).toEqual(['ours', 'theirs']);
    await expect(database.identity.party.findMany()).rejects.toThrow(/permission denied|denied access/);
    await expect(database.identity.member.deleteMany()).rejects.toThrow(/permission denied|denied access/);
  });

  test('a slug is taken once', async () => {
    await expect(cloned.database.createTenant(exampleTenant('ours'))).rejects.toMatchObject({
      code: 'TENANT_EXISTS',
    });
  });
});

describe('a planted hole is seen', () => {
  test('a table whose policy is dropped shows nothing, and one whose wall is down shows all', async () => {
    const count = async () => (await asOurs('select count(*) as rows from number_series'))[0];
    for (const { tenantId } of [ours, theirs]) {
      await cloned.database.transaction(tenantId, (tx) => nextNumber(tx, tenantId, 'x'));
    }
    expect(await count()).toEqual({ rows: 1n });
    await cloned.owner.query('drop policy tenant on number_series');
    expect(await count()).toEqual({ rows: 0n });
    await cloned.owner.query('alter table number_series disable row level security');
    expect(await count()).toEqual({ rows: 2n });
  });
});

describe('what always holds', () => {
  const stock = async (onHand: number, reserved: number) => {
    const [skuId, locationId] = [newId(), newId()];
    await asOurs(
      `insert into sku (tenant_id, id, code, name, base_unit, list_price, currency, weight_grams)
       values ($1, $2, $3, 'x', 'EA', 1, 'EUR', 1)`,
      [ours.tenantId, skuId, skuId],
    );
    await asOurs(
      `insert into location (tenant_id, id, code, name, time_zone, address) values ($1, $2, $3, 'x', 'UTC', '{}')`,
      [ours.tenantId, locationId, locationId],
    );
    return asOurs(
      'insert into stock_level (tenant_id, sku_id, location_id, on_hand, reserved) values ($1, $2, $3, $4, $5) returning reserved',
      [ours.tenantId, skuId, locationId, onHand, reserved],
    );
  };

  test('no more is promised than there is', async () => {
    expect(await stock(5, 5)).toEqual([{ reserved: '5.000000' }]);
    await expect(stock(5, 6)).rejects.toThrow(/stock_level_reserved_within_on_hand/);
    await expect(stock(5, -1)).rejects.toThrow(/stock_level_reserved_within_on_hand/);
  });
});
