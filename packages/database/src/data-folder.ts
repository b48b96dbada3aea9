import { constants } from 'node:fs';
import { access, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@orderloom/kernel';
import type { DatabaseErrorCode } from './errors.ts';

/** Makes the data folder where it is missing and returns its real path. Fails with DATA_FOLDER_NOT_WRITABLE. */
export async function openDataFolder(dataFolder: string): Promise<string> {
  try {
    await makeFolder(dataFolder);
    const folder = await realpath(dataFolder);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(folder, `.probe-${process.pid}`); // a read-only file system shows only in writing
    await writeFile(probe, '');
    await rm(probe);
    return folder;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return fail(
      'DATA_FOLDER_NOT_WRITABLE' satisfies DatabaseErrorCode,
      `The data folder ${dataFolder} cannot be written${code ? ` (${code})` : ''}.`,
      { field: 'ORDERLOOM_DATA', fix: 'Make it writable, or name another folder in ORDERLOOM_DATA.', cause },
    );
  }
}

/** With the folders above it. Not `recursive`: Node then never comes back from a place like /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

/** Who works on a data folder. */
export interface DataFolderHolder {
  readonly pid: number;
  /** Where it answers over HTTP, once it does. */
  readonly port?: number;
}

export interface DataFolderLock {
  release(): Promise<void>;
}

/**
 * Takes the data folder for this process, or fails with DATA_FOLDER_IN_USE naming who has it.
 *
 * The lock is a lock of the operating system, taken through SQLite because Node has no call for it: of two
 * that ask at the same instant one gets it, and it ends with the process, however the process ends.
 */
export async function lockDataFolder(
  dataFolder: string,
  holder: { readonly port?: number } = {},
): Promise<DataFolderLock> {
  const folder = await openDataFolder(dataFolder);
  const holderFile = join(folder, 'server.json');
  const lock = new DatabaseSync(join(folder, 'server.lock'));
  try {
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    lock.close();
    const other = await readHolder(holderFile);
    const who = other ? `process ${other.pid}${other.port ? `, port ${other.port}` : ''}` : 'another process';
    return fail(
      'DATA_FOLDER_IN_USE' satisfies DatabaseErrorCode,
      `Another server works on the data folder ${folder}: ${who}.`,
      {
        field: 'ORDERLOOM_DATA',
        fix: 'Use that server, stop it first, or name another folder in ORDERLOOM_DATA.',
        details: { ...other },
        cause,
      },
    );
  }
  await writeFile(holderFile, JSON.stringify({ pid: process.pid, ...holder } satisfies DataFolderHolder));
  return {
    async release() {
      if (!lock.isOpen) return;
      await rm(holderFile, { force: true });
      lock.close();
    },
  };
}

/** The winner writes its name a moment after it got the lock. */
async function readHolder(file: string): Promise<DataFolderHolder | null> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as DataFolderHolder;
    } catch {
      await sleep(25);
    }
  }
  return null;
}
