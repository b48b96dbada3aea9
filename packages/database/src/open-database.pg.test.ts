import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { cloneDatabase, emptyDatabase, exampleTenant, type ClonedDatabase } from './cloned-database.ts';
import { openDatabase } from './open-database.ts';
import { readMigrations } from './migrations.ts';

const open = async (url: string) => {
  const lines: string[] = [];
  const database = await openDatabase({
    url,
    secret: inject('postgres').secret,
    log: (line) => lines.push(line),
  });
  onTestFinished(() => database.close());
  return { database, lines };
};

const scratch = async () => {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  return url;
};

const asOwner = async (url: string, sql: string) => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const changed = (url: string, change: (url: URL) => void): string => {
  const copy = new URL(url);
  change(copy);
  return copy.href;
};

describe('a database that is not there', () => {
  test.each(['', 'mysql://root@localhost/shop', 'localhost:5432/shop', 'postgresql://host:port/shop'])(
    'URL "%s"',
    async (url) => {
      await expect(open(url)).rejects.toMatchObject({ code: 'DATABASE_URL_INVALID', field: 'DATABASE_URL' });
    },
  );

  test('nobody answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    const opening = open(`postgresql://shop:hunter2@127.0.0.1:${port}/shop`);
    await expect(opening).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  });

  test('another password', async () => {
    const url = changed(inject('postgres').url, (url) => (url.password = 'wrong'));
    await expect(open(url)).rejects.toMatchObject({ code: 'DATABASE_LOGIN_REFUSED' });
  });

  test('no database of that name', async () => {
    const url = changed(inject('postgres').url, (url) => (url.pathname = '/no_such_shop'));
    await expect(open(url)).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
      fix: expect.stringContaining('CREATE DATABASE "no_such_shop"'),
    });
  });
});

describe('migrating', () => {
  test('an empty database is brought to this version, once', async () => {
    const url = await scratch();
    const first = await open(url);
    expect(first.lines).toEqual([expect.stringMatching(/^Migrated .*_first\.$/)]);
    await first.database.createTenant(exampleTenant('shop'));
    const second = await open(url);
    expect(second.lines).toEqual([]);
    expect(await second.database.tenants()).toMatchObject([{ slug: 'shop' }]);
  });

  test('of servers that start at the same instant one migrates and all serve', async () => {
    const url = await scratch();
    const opened = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    expect(opened.flatMap(({ lines }) => lines)).toHaveLength(1);
    await Promise.all(opened.map(({ database }) => database.ping()));
  });

  test('a database of something else is left alone', async () => {
    const url = await scratch();
    await asOwner(url, 'create table blog_post (id int)');
    await expect(open(url)).rejects.toMatchObject({
      code: 'DATABASE_NOT_EMPTY',
      message: expect.stringContaining('blog_post'),
    });
    expect(await asOwner(url, `select to_regclass('public._prisma_migrations') as record`)).toEqual([
      { record: null },
    ]);
  });

  test('a database encoded otherwise is refused', async () => {
    const { url: server } = inject('postgres');
    const name = `latin_${randomUUID()}`;
    await asOwner(
      server,
      `create database "${name}" encoding 'LATIN1' locale 'C' locale_provider libc template template0`,
    );
    onTestFinished(async () => {
      await asOwner(server, `drop database "${name}" with (force)`);
    });
    const url = changed(server, (url) => (url.pathname = `/${name}`));
    await expect(open(url)).rejects.toMatchObject({ code: 'DATABASE_UNSUPPORTED' });
  });
});

describe('a migrated database whose record is not ours', () => {
  let cloned: ClonedDatabase;
  beforeAll(async () => {
    cloned = await cloneDatabase();
  });
  afterAll(() => cloned.drop());

  const withRecord = async (change: string, check: () => Promise<void>) => {
    const { rows } = await cloned.owner.query('select * from _prisma_migrations');
    await cloned.owner.query(change);
    try {
      await check();
    } finally {
      await cloned.owner.query('delete from _prisma_migrations');
      await cloned.owner.query(
        'insert into _prisma_migrations select * from jsonb_populate_recordset(null::_prisma_migrations, $1)',
        [JSON.stringify(rows)],
      );
    }
    await open(cloned.url); // as before
  };

  test('made by a newer version: refused, naming both', async () => {
    const ours = (await readMigrations()).at(-1)?.name;
    await withRecord(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('x', 'x', now(), '99991231235959_later')`,
      async () => {
        await expect(open(cloned.url)).rejects.toMatchObject({
          code: 'DATABASE_NEWER',
          message: expect.stringMatching(new RegExp(`99991231235959_later.*${ours}`)),
          fix: expect.stringContaining('newer version'),
        });
      },
    );
  });

  test('a migration edited since', async () => {
    await withRecord(`update _prisma_migrations set checksum = 'x'`, async () => {
      await expect(open(cloned.url)).rejects.toMatchObject({ code: 'DATABASE_MIGRATION_EDITED' });
    });
  });

  test('a migration begun by another tool and never finished', async () => {
    await withRecord('update _prisma_migrations set finished_at = null', async () => {
      await expect(open(cloned.url)).rejects.toMatchObject({ code: 'DATABASE_MIGRATION_FAILED' });
    });
  });
});

test('an owner who is no superuser is enough, and the walls hold for him', async () => {
  const { url: server } = inject('postgres');
  const [name, role] = [`modest_${randomUUID()}`, `modest_${randomUUID()}`];
  await asOwner(server, `create role "${role}" login password 'modest'`);
  await asOwner(server, `create database "${name}" owner "${role}"`);
  const url = changed(server, (url) => {
    url.pathname = `/${name}`;
    url.username = role;
    url.password = 'modest';
  });
  const database = await openDatabase({ url, secret: inject('postgres').secret });
  try {
    const tenant = await database.createTenant(exampleTenant('shop'));
    const user = await database.identity.user.create({
      data: { id: 'ada', name: 'Ada', email: 'ada@example.com' },
    });
    await database.transaction(tenant.id, (tx) =>
      tx.query('insert into member (tenant_id, user_id, roles) values ($1, $2, $3)', [
        tenant.id,
        user.id,
        ['clerk'],
      ]),
    );
    expect(await database.membershipsOf('ada')).toMatchObject([{ roles: ['clerk'] }]);
    expect(await asOwner(url, 'select * from member')).toEqual([]);
  } finally {
    await database.close();
    await asOwner(server, `drop database "${name}" with (force)`);
    await asOwner(server, `drop role "${role}"`);
  }
});
