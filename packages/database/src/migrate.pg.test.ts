import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase } from './cloned-database.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations.ts';

let client: pg.Client;
let drop: () => Promise<void>;
beforeEach(async () => {
  const empty = await emptyDatabase();
  client = new pg.Client(empty.url);
  await client.connect();
  drop = empty.drop;
});
afterEach(async () => {
  await client.end();
  await drop();
});

const step = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});
const first = step('1_first', 'create table shop (id int primary key); insert into shop values (1), (2)');
const second = step('2_second', `do $$ begin perform 1; perform ';'; end $$; alter table shop add name text`);

test('steps are applied in order, each once', async () => {
  expect(await migrate(client, [first])).toEqual(['1_first']);
  expect(await migrate(client, [first, second])).toEqual(['2_second']);
  expect(await migrate(client, [first, second])).toEqual([]);
  const { rows } = await client.query(
    'select migration_name, checksum, finished_at >= started_at as finished from _prisma_migrations order by 1',
  );
  expect(rows).toEqual([
    { migration_name: '1_first', checksum: first.checksum, finished: true },
    { migration_name: '2_second', checksum: second.checksum, finished: true },
  ]);
});

test('a step that fails leaves nothing behind, keeps those before it, and can be tried again', async () => {
  const broken = step('2_second', 'alter table shop add name text; select no_such_function()');
  await expect(migrate(client, [first, broken])).rejects.toMatchObject({
    code: 'DATABASE_MIGRATION_FAILED',
    field: '2_second',
    message: expect.stringContaining('no_such_function'),
  });
  const { rows } = await client.query('select * from shop where id = 1');
  expect(rows).toEqual([{ id: 1 }]);
  expect(await migrate(client, [first, second])).toEqual(['2_second']);
});

test('a step that a wall would silently narrow fails instead', async () => {
  await migrate(client, [
    first,
    step('2_wall', 'alter table shop enable row level security; alter table shop force row level security'),
  ]);
  const blind = step('3_blind', 'set local role pg_monitor; update shop set id = id');
  await client.query('grant select, update on shop to pg_monitor');
  await expect(
    migrate(client, [
      first,
      step('2_wall', 'alter table shop enable row level security; alter table shop force row level security'),
      blind,
    ]),
  ).rejects.toMatchObject({
    code: 'DATABASE_MIGRATION_FAILED',
    message: expect.stringContaining('row-level security'),
  });
});
