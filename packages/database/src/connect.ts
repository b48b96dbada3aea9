import { fail } from '@orderloom/kernel';
import pg from 'pg';
import type { DatabaseErrorCode } from './errors.ts';

/** Which database on which server, and as whom to enter. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: pg.ClientConfig['ssl'];
}

/** Reads a `postgresql://` URL; what it leaves out comes from the PG* variables, as with every PostgreSQL client. */
export function parseDatabaseUrl(url: string): Target {
  if (!/^postgres(ql)?:\/\//.test(url)) refuseUrl();
  let client: pg.Client;
  try {
    client = new pg.Client(url); // reads the URL, opens nothing
  } catch (cause) {
    return refuseUrl(cause);
  }
  const { host, port, database, user, password, ssl } = client;
  if (!database || !user) return refuseUrl();
  return { host, port, database, user, password: password ?? '', ssl };
}

/** The place without the secrets, for messages. */
export const placeOf = ({ host, port, database }: Target): string => `"${database}" at ${host}:${port}`;

/** One connection of its own. The caller ends it. */
export async function connect(target: Target): Promise<pg.Client> {
  const client = new pg.Client({
    ...target,
    connectionTimeoutMillis: 10_000,
    application_name: 'orderloom',
  });
  client.on('error', () => {}); // a lost connection shows in the next query
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return client;
}

/** {@link connect}, with every reason why it may not work told to the person who set the URL. */
export async function connectAsOwner(target: Target): Promise<pg.Client> {
  try {
    return await connect(target);
  } catch (cause) {
    const { code = '', message } = cause as { code?: string; message: string };
    const field = 'DATABASE_URL';
    if (code === '3D000') {
      return fail(
        'DATABASE_MISSING' satisfies DatabaseErrorCode,
        `There is no database ${placeOf(target)}.`,
        {
          field,
          fix: `Create it with: CREATE DATABASE "${target.database}" ENCODING 'UTF8';`,
          cause,
        },
      );
    }
    if (code.startsWith('28') || code === '42501') {
      return fail(
        'DATABASE_LOGIN_REFUSED' satisfies DatabaseErrorCode,
        `The database ${placeOf(target)} refuses user "${target.user}": ${message}.`,
        { field, fix: 'Correct the user and the password in DATABASE_URL.', cause },
      );
    }
    return fail(
      'DATABASE_UNREACHABLE' satisfies DatabaseErrorCode,
      `The database ${placeOf(target)} does not answer${code ? ` (${code})` : `: ${message}`}.`,
      { field, fix: 'Check host and port in DATABASE_URL and that PostgreSQL is running there.', cause },
    );
  }
}

function refuseUrl(cause?: unknown): never {
  return fail('DATABASE_URL_INVALID' satisfies DatabaseErrorCode, 'DATABASE_URL is not a PostgreSQL URL.', {
    field: 'DATABASE_URL',
    fix: 'Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, or leave it out for the built-in server.',
    cause,
  });
}
