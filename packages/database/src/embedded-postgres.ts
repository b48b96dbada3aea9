import { createDatabase } from './create-database.ts';
import { openDataFolder } from './data-folder.ts';
import {
  answers,
  clusterIn,
  hasData,
  initialise,
  newAccess,
  readAccess,
  requireMajor,
  runningPid,
  startPostmaster,
  stopPostmaster,
  urlOf,
} from './postgres-cluster.ts';
import { findPostgresPrograms } from './postgres-programs.ts';

const DATABASE = 'orderloom';

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  readonly log?: (line: string) => void;
  /** For tests: faster, ends with the terminal's Ctrl-C, and loses data when the machine stops. */
  readonly throwaway?: boolean;
}

export interface EmbeddedPostgres {
  /** The owner's URL of the database `orderloom`. */
  readonly url: string;
  /** Ends the server, whoever started it. */
  stop(): Promise<void>;
  /** Whether a server that had outlived its parent was found and taken over. */
  readonly attached: boolean;
}

/**
 * Starts PostgreSQL on `<dataFolder>/postgres`, making that at the first start. Call it under
 * {@link lockDataFolder}: a server found running there had a parent that was killed, and is taken over.
 *
 * It listens on 127.0.0.1 only, on a port that stays the same from start to start while it is free.
 * Fails with DATA_FOLDER_NOT_WRITABLE, DATA_FOLDER_VERSION or EMBEDDED_POSTGRES_FAILED.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => {}, throwaway = false } = options;
  const cluster = clusterIn(await openDataFolder(options.dataFolder));
  const programs = await findPostgresPrograms();

  if (!hasData(cluster)) {
    log(`Making a database server in ${cluster.data}.`);
    await initialise(cluster, programs, await newAccess(), throwaway);
  }
  await requireMajor(cluster, programs);
  let access = await readAccess(cluster);

  let pid = await runningPid(cluster);
  const attached = pid !== null && (await answers(access, 10_000));
  if (pid !== null && attached) {
    log(`Taking over the database server of an earlier run (process ${pid}).`);
  } else {
    if (pid !== null) await stopPostmaster(cluster, programs, pid);
    ({ pid, access } = await startPostmaster(cluster, programs, access, throwaway));
  }

  const postmaster = pid;
  const stop = () => stopPostmaster(cluster, programs, postmaster);
  try {
    return { url: await createDatabase(urlOf(access), DATABASE), stop, attached };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The database of the server that is running on the data folder, for tools beside it; null when none is. */
export async function attachEmbeddedPostgres(dataFolder: string): Promise<{ readonly url: string } | null> {
  const cluster = clusterIn(dataFolder);
  if (!hasData(cluster) || (await runningPid(cluster)) === null) return null;
  const access = await readAccess(cluster);
  if (!(await answers(access, 5_000))) return null;
  return { url: urlOf(access, DATABASE) };
}
