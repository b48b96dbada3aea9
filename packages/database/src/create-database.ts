import { connectAsOwner, parseDatabaseUrl } from './connect.ts';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Makes a database on the server of `serverUrl`, as a copy of `template` when one is named, unless it is there
 * already. Returns its URL. Nobody may be connected to a template while it is copied.
 */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  const client = await connectAsOwner(parseDatabaseUrl(serverUrl));
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`create database ${quoted(name)}${template ? ` template ${quoted(template)}` : ''}`);
    }
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/** Removes a database with everything in it, whoever is connected to it. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const client = await connectAsOwner(parseDatabaseUrl(serverUrl));
  try {
    await client.query(`drop database if exists ${quoted(name)} with (force)`);
  } finally {
    await client.end();
  }
}
