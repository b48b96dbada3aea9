import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { openDatabase } from './open-database.ts';

/** Runs `work` with the URL of a database that has all migrations and nothing else, on a server of its own. */
export async function withScratchDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'orderloom-scratch-'));
  const server = await startEmbeddedPostgres({ dataFolder, throwaway: true });
  try {
    const database = await openDatabase({ url: server.url, secret: randomUUID() });
    await database.close();
    return await work(server.url);
  } finally {
    await server.stop();
    await rm(dataFolder, { recursive: true });
  }
}
