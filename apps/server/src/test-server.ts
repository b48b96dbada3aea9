import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '@orderloom/kernel';
import { openTestDatabase } from '@orderloom/testing';
import type { SignIn } from './demonstration-people.ts';
import { startServer } from './start-server.ts';

/** The real server on a database of its own, with the demonstration in it. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly signIns: readonly SignIn[];
  /** Somebody of that role, signed in over HTTP as a script would be. */
  signIn(role: SignIn['role']): Promise<Session>;
}

export interface Session {
  /** Answers `data`; errors fail the test. */
  query<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export async function openTestServer(): Promise<TestServer> {
  await using parts = new AsyncDisposableStack();
  const database = parts.adopt(await openTestDatabase(), (it) => it.close());
  const dataFolder = parts.adopt(await mkdtemp(path.join(tmpdir(), 'orderloom-e2e-')), (folder) =>
    rm(folder, { recursive: true, force: true }),
  );
  const server = await startServer(
    {
      databaseUrl: database.url,
      secret: database.secret,
      dataFolder,
      port: 0,
      host: '127.0.0.1',
      roles: { api: true, worker: true },
      seed: 'demo',
      logLevel: 'warn',
    },
    () => {},
  );
  parts.defer(() => server.stop());
  const { url, signIns } = server;
  const owned = parts.move();

  return {
    url,
    signIns,
    async signIn(role) {
      const { email, password } = must(
        signIns.find((person) => person.role === role),
        `a person who is ${role}`,
      );
      const answer = await fetch(`${url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ email, password }),
      });
      const { token } = (await answer.json()) as { token: string };
      return sessionOf(url, token);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function sessionOf(url: string, token: string): Session {
  const send = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    headers.set('x-orderloom-csrf', '1');
    return fetch(new URL(path, url), { ...init, headers });
  };
  return {
    fetch: send,
    async query<Data>(query: string, variables = {}) {
      const answer = await send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
      if (errors) throw new Error(`GraphQL: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}
