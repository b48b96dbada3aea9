import { readFile } from 'node:fs/promises';
import type { Role } from '@orderloom/access';
import { err, must, newId } from '@orderloom/kernel';
import { createPlatform, seedDemonstration, type Platform } from '@orderloom/operations';
import { fakeClock, openTestDatabase, type TestDatabase } from '@orderloom/testing';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { createAuth } from './auth.ts';
import { folders } from './configuration.ts';
import { seedPeople, type SignIn } from './demonstration-people.ts';

/** The whole application on a database of its own, without a port; for tests. */
export interface TestApp {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly platform: Platform;
  readonly tenantId: string;
  readonly signIns: readonly SignIn[];
  /** What was logged, line by line. */
  readonly logged: readonly string[];
  signIn(role: Role): Promise<Client>;
  close(): Promise<void>;
}

/** Somebody who is signed in, by bearer token. */
export interface Client {
  readonly token: string;
  readonly userId: string;
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  takeIn(document: string | Buffer, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
}

export interface GraphqlAnswer {
  // Whatever the test asked for.
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into by path
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  readonly body: string;
  readonly status: number;
}

export async function openTestApp(): Promise<TestApp> {
  const database = await openTestDatabase();
  const logged: string[] = [];
  const log = pino({ level: 'info', base: null }, { write: (line: string) => void logged.push(line) });
  const platform = createPlatform({
    database,
    clock: fakeClock(),
    plugins: {
      call: async () =>
        err({ kind: 'rejected' as const, code: 'NO_PLUGINS', message: 'There are no plugins here.' }),
    },
    log,
    worker: false,
  });
  await platform.runtime.start();
  const { tenantId } = await seedDemonstration(platform);
  const auth = createAuth({ database, secret: database.secret, baseUrl: 'http://localhost' });
  const signIns = must(await seedPeople(auth, database, tenantId), 'people just made');
  const app = await createApp({ platform, auth, log, studioFolder: folders.studio, api: true });

  let addresses = 0;
  return {
    app,
    database,
    platform,
    tenantId,
    signIns,
    logged,
    async signIn(role) {
      const { email, password } = must(
        signIns.find((person) => person.role === role),
        role,
      );
      const answer = await app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        payload: { email, password },
        remoteAddress: `10.0.0.${++addresses}`, // sign-ins are limited by address
      });
      const { token, user } = answer.json<{ token: string; user: { id: string } }>();
      return clientOf(app, token, user.id);
    },
    async close() {
      await app.close();
      await platform.runtime.stop();
      await database.close();
    },
  };
}

function clientOf(app: FastifyInstance, token: string, userId: string): Client {
  const authorization = `Bearer ${token}`;
  return {
    token,
    userId,
    async query(query, variables = {}, headers = {}) {
      const payload = { query, variables };
      const answer = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization, ...headers },
        payload,
      });
      return { data: undefined, ...answer.json<object>(), body: answer.body, status: answer.statusCode };
    },
    get: (url, headers = {}) => app.inject({ method: 'GET', url, headers: { authorization, ...headers } }),
    takeIn: (document, headers = {}) =>
      app.inject({
        method: 'POST',
        url: '/intake?fileName=order.edi',
        headers: { authorization, 'content-type': 'application/edi-x12', ...headers },
        payload: document,
      }),
  };
}

/** A sample purchase order of the product. */
export function sampleDocument(
  name: '850-large.edi' | '850-small.edi' | '850-unreadable.edi',
): Promise<Buffer> {
  return readFile(new URL(`../../../packages/templates/documents/${name}`, import.meta.url));
}

/** Another tenant with a copy of an order, of its customer, and of a document; answers their ids. */
export async function copyToOtherTenant({ database }: TestApp, orderId: string) {
  const other = await database.createTenant({
    slug: 'other',
    name: 'Somebody Else',
    timeZone: 'Europe/Zurich',
    currency: 'EUR',
    companyPrefix: '0614142',
    address: {},
  });
  const ids = { tenantId: other.id, orderId: newId(), documentId: newId() };
  const copy = (table: string, where: string, values: readonly unknown[], changes: Record<string, string>) =>
    database.asOwner(
      `insert into "${table}" select (jsonb_populate_record(row, $1)).* from "${table}" row where ${where}`,
      [JSON.stringify({ tenant_id: other.id, ...changes }), ...values],
    );
  await copy('party', 'id = (select party_id from "order" where id = $2)', [orderId], {});
  await copy('intake_document', 'id = (select intake_document_id from "order" where id = $2)', [orderId], {});
  await copy('order', 'id = $2', [orderId], { id: ids.orderId, number: 'FOREIGN-1' });
  await database.asOwner(
    `insert into document (tenant_id, id, order_id, kind, file_name, media_type, sha256, content, created_at)
     values ($1, $2, $3, 'label', 'foreign.pdf', 'application/pdf', '', 'foreign bytes', now())`,
    [other.id, ids.documentId, ids.orderId],
  );
  return ids;
}
