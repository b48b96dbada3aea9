import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, dropDatabase, openDatabase, startEmbeddedPostgres } from '@orderloom/database';
import type { TestProject } from 'vitest/node';

/** What {@link openTestDatabase} needs to know of the server that this file started. */
export interface TestServer {
  /** The owner's URL of the server. */
  readonly url: string;
  /** A migrated, empty database; clones of it are what tests get. */
  readonly template: string;
  readonly secret: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer;
  }
}

interface RunningServer {
  readonly server: TestServer;
  readonly stop: () => Promise<void>;
}

/** One server for all vitest projects of a run; each of them loads this file for itself. */
const shared = globalThis as { orderloomTestServer?: { users: number; running: Promise<RunningServer> } };

/** vitest's globalSetup: starts the server, or uses the one of ORDERLOOM_TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const use = (shared.orderloomTestServer ??= { users: 0, running: start() });
  use.users++;
  const { server, stop } = await use.running;
  project.provide('postgres', server);
  return async () => {
    if (--use.users > 0) return;
    delete shared.orderloomTestServer;
    await stop();
  };
}

async function start(): Promise<RunningServer> {
  const { url, stop } = await findServer();
  const secret = 'for tests only, yet as long as a real one';
  const template = `orderloom_template_${randomBytes(6).toString('hex')}`;
  try {
    const templateUrl = await createDatabase(url, template);
    await (await openDatabase({ url: templateUrl, secret })).close();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    server: { url, template, secret },
    async stop() {
      await dropDatabase(url, template);
      await stop();
    },
  };
}

async function findServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = process.env['ORDERLOOM_TEST_DATABASE_URL'];
  if (url) return { url, stop: async () => {} };
  const dataFolder = await mkdtemp(join(tmpdir(), 'orderloom-test-'));
  const server = await startEmbeddedPostgres({ dataFolder, throwaway: true });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(dataFolder, { recursive: true });
    },
  };
}
