import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOrderloomError, must } from '@orderloom/kernel';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from './create-database.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { openDatabase } from './open-database.ts';

// Roles belong to the whole server, so these tests have one of their own.
let dataFolder: string;
let server: EmbeddedPostgres;
let superuser: pg.Client;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'orderloom-test-'));
  server = await startEmbeddedPostgres({ dataFolder, throwaway: true });
  superuser = new pg.Client(server.url);
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await server.stop();
  await rm(dataFolder, { recursive: true });
});

const openAndClose = async (url: string, secret = 'first secret') => {
  const database = await openDatabase({ url, secret });
  await database.ping();
  await database.close();
};

test('an owner who may not make roles is told the SQL that a superuser must run', async () => {
  await superuser.query(
    `create role modest login password 'modest'; grant create on database orderloom to modest`,
  );
  await superuser.query('create database modest owner modest');
  const url = server.url.replace(/\/\/.*@/, '//modest:modest@').replace(/orderloom$/, 'modest');

  const error: unknown = await openAndClose(url).catch((error: unknown) => error);
  expect(error).toMatchObject({ code: 'DATABASE_ROLES' });
  const fix = must(isOrderloomError(error) ? error.fix : null, 'a fix');
  expect(fix).toContain('create role orderloom_app login password');

  await superuser.query(fix.slice(fix.indexOf('\n')));
  await openAndClose(url);
});

test('several databases of one server may be opened at the same instant', async () => {
  const urls = await Promise.all(['a', 'b', 'c', 'd'].map((name) => createDatabase(server.url, name)));
  await superuser.query(`alter role orderloom_app nologin; alter role orderloom_engine password null`);
  await Promise.all(urls.map((url) => openAndClose(url)));
});

test('another secret changes the passwords; the same secret changes nothing', async () => {
  const url = await createDatabase(server.url, 'secrets');
  const passwords = async () =>
    (
      await superuser.query(
        `select rolpassword from pg_authid where rolname like 'orderloom\\_%' order by rolname`,
      )
    ).rows;
  await openAndClose(url, 'first secret');
  const before = await passwords();
  await openAndClose(url, 'first secret');
  expect(await passwords()).toEqual(before);
  await openAndClose(url, 'second secret');
  expect(await passwords()).not.toEqual(before);
});

test('powers that a role was given are taken from it', async () => {
  await superuser.query('alter role orderloom_app superuser bypassrls');
  await openAndClose(server.url);
  const { rows } = await superuser.query(
    `select rolsuper, rolbypassrls from pg_roles where rolname = 'orderloom_app'`,
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
});
