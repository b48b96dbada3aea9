import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.ts';

/**
 * The installation's root key, from which every other key and password is derived: made at the first
 * start and kept in `<dataFolder>/secret`, for the owner's eyes only. Of two that make it at once, one wins.
 */
export async function rootSecret(dataFolder: string): Promise<string> {
  const file = join(await openDataFolder(dataFolder), 'secret');
  try {
    await writeFile(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFile(file, 'utf8');
}
