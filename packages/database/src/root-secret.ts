import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.ts';

/**
 * The installation's root key, from which every other key and password is derived: made at the first
 * start and kept in `<dataFolder>/secret`, for the owner's eyes only. Of two that make it at once, one wins.
 */
export async function rootSecret(dataFolder: string): Promise<string> {
  const file = join(await openDataFolder(dataFolder), 'secret');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
  try {
    await link(draft, file); // refuses what is there, and shows nobody half a file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return readFile(file, 'utf8');
}
