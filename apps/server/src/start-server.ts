import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import {
  lockDataFolder,
  openDataFolder,
  openDatabase,
  rootSecret,
  startEmbeddedPostgres,
} from '@orderloom/database';
import { fail, systemClock } from '@orderloom/kernel';
import { createPlatform, seedDemonstration } from '@orderloom/operations';
import { createPluginHost } from '@orderloom/plugin-host';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { createAuth } from './auth.ts';
import { folders, type Configuration } from './configuration.ts';
import { seedPeople, type SignIn } from './demonstration-people.ts';
import type { ServerErrorCode } from './errors.ts';
import { findPlugins } from './find-plugins.ts';

export interface RunningServer {
  /** Where it answers. */
  readonly url: string;
  /** How the people of the demonstration sign in; only when this start made them. */
  readonly signIns: readonly SignIn[];
  /** Ends everything in the reverse order of the start: requests, work, plugins, database. */
  readonly stop: () => Promise<void>;
}

/**
 * The composition root: starts what a server consists of, each part with what it needs of those before it.
 * What was started is stopped again when a later part cannot start.
 *
 * Fails with SERVER_PORT_TAKEN, SERVER_ADDRESS, and the codes of the packages it starts.
 */
export async function startServer(
  configuration: Configuration,
  say: (line: string) => void,
): Promise<RunningServer> {
  const { host, roles, dataFolder } = configuration;
  await using parts = new AsyncDisposableStack();
  const log = pino({ level: configuration.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));

  await openDataFolder(dataFolder);
  await requireFreePort(configuration);
  const databaseUrl = configuration.databaseUrl ?? (await startOwnPostgres());
  async function startOwnPostgres(): Promise<string> {
    const lock = await lockDataFolder(dataFolder, { port: configuration.port });
    parts.defer(() => lock.release());
    const postgres = await startEmbeddedPostgres({ dataFolder, log: say });
    parts.defer(() => postgres.stop());
    return postgres.url;
  }

  const secret = configuration.secret ?? (await rootSecret(dataFolder));
  const database = await openDatabase({ url: databaseUrl, secret, log: say });
  parts.defer(() => database.close());

  const plugins = await createPluginHost({
    plugins: (await findPlugins(folders.plugins)).map((folder) => ({ folder, mode: 'production' as const })),
    log: ({ level, message, ...entry }) => log[level](entry, message),
  });
  parts.defer(() => plugins.stop());

  const platform = createPlatform({ database, clock: systemClock, plugins, log, worker: roles.worker });
  await platform.runtime.start();
  parts.defer(() => platform.runtime.stop());

  const auth = createAuth({ database, secret, baseUrl: urlOf(host, configuration.port) });
  const signIns = configuration.seed === 'demo' ? await seed() : [];
  async function seed(): Promise<readonly SignIn[]> {
    const { tenantId } = await seedDemonstration(platform);
    return (await seedPeople(auth, database, tenantId)) ?? [];
  }

  const app = await createApp({ platform, auth, log, studioFolder: folders.studio, api: roles.api });
  parts.defer(() => app.close());
  await app
    .listen({ port: configuration.port, host })
    .catch((error: unknown) => refuseAddress(error, configuration));

  const running = parts.move();
  return {
    url: urlOf(host, (app.server.address() as AddressInfo).port),
    signIns,
    stop: () => running.disposeAsync(),
  };
}

/** Before the slow parts: a second start by mistake is told at once. `listen` asks again, for good. */
async function requireFreePort({ port, host }: Configuration): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, 'listening');
  } catch (error) {
    refuseAddress(error, { port, host });
  } finally {
    probe.close();
  }
}

function refuseAddress(error: unknown, { port, host }: Pick<Configuration, 'port' | 'host'>): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    fail(
      'SERVER_PORT_TAKEN' satisfies ServerErrorCode,
      `Port ${port} of ${host} is taken by another program.`,
      {
        field: 'PORT',
        fix: `Stop that program, or start on another port: PORT=${port + 1} npm start`,
      },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
    fail(
      'SERVER_ADDRESS' satisfies ServerErrorCode,
      `The server cannot listen on port ${port} of ${host} (${code}).`,
      {
        field: code === 'EACCES' ? 'PORT' : 'HOST',
        fix: 'Use an address of this machine, such as 127.0.0.1 or 0.0.0.0, and a port above 1023.',
      },
    );
  }
  throw error;
}

/** Where a browser on this machine finds it. */
function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
