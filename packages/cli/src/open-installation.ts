import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemPrincipal, type Principal } from '@orderloom/access';
import {
  attachEmbeddedPostgres,
  lockDataFolder,
  openDatabase,
  rootSecret,
  startEmbeddedPostgres,
} from '@orderloom/database';
import { err, fail, systemClock } from '@orderloom/kernel';
import { createPlatform, seedDemonstration, type Platform } from '@orderloom/operations';
import { printError } from './print.ts';

/** The installation this command works on; closing it ends what it started and nothing else. */
export interface Installation extends AsyncDisposable {
  readonly platform: Platform;
  /** The command line acts as the product itself: whoever may run it here has the database anyway. */
  principalOf(tenantSlug: string): Promise<Principal>;
}

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Opens the installation the environment names: the database of DATABASE_URL, else the one in
 * ORDERLOOM_DATA, beside the running server or, when none runs, by starting its PostgreSQL for as long
 * as the command lasts. Jobs and timers stay the server's; what a command causes is committed.
 */
export async function openInstallation(): Promise<Installation> {
  const dataFolder = path.resolve(process.env['ORDERLOOM_DATA'] ?? path.join(repository, '.orderloom'));
  await using stack = new AsyncDisposableStack();

  const url = process.env['DATABASE_URL'] ?? (await embeddedUrl(dataFolder, stack));
  const secret = process.env['ORDERLOOM_SECRET'] ?? (await rootSecret(dataFolder));
  const database = stack.adopt(await openDatabase({ url, secret, poolSize: 4 }), (it) => it.close());
  const platform = createPlatform({
    database,
    clock: systemClock,
    worker: false,
    log: {
      info: () => {},
      warn: () => {},
      error: (fields, message) => printError(new Error(message, { cause: fields })),
    },
    plugins: {
      call: async ({ plugin }) =>
        err({
          kind: 'retryable',
          code: 'NO_WORKER',
          message: `The server calls ${plugin}; the command line does not.`,
        }),
    },
  });
  stack.defer(() => platform.runtime.stop());
  await platform.runtime.start();
  if ((process.env['ORDERLOOM_SEED'] ?? 'demo') === 'demo') await seedDemonstration(platform);

  const owned = stack.move();
  return {
    platform,
    async principalOf(tenantSlug) {
      const tenants = await database.tenants();
      const tenant = tenants.find(({ slug }) => slug === tenantSlug);
      if (tenant) return systemPrincipal(tenant.id);
      const known = tenants.map(({ slug }) => slug).join(', ');
      fail('TENANT_UNKNOWN', `There is no tenant "${tenantSlug}".`, {
        field: '--tenant',
        fix:
          known === '' ? 'Start the server once to make the demonstration tenant.' : `Use one of: ${known}.`,
      });
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  };
}

async function embeddedUrl(dataFolder: string, stack: AsyncDisposableStack): Promise<string> {
  const running = await attachEmbeddedPostgres(dataFolder);
  if (running) return running.url;
  const lock = await lockDataFolder(dataFolder);
  stack.defer(() => lock.release());
  const server = await startEmbeddedPostgres({ dataFolder });
  stack.defer(() => server.stop());
  return server.url;
}
