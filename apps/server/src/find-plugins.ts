import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Folders below `folder` that hold a plugin: their package.json names a manifest under `orderloom`. */
export async function findPlugins(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, name))
    .toSorted();
  const are = await Promise.all(folders.map(isPlugin));
  return folders.filter((_folder, index) => are[index]);
}

async function isPlugin(folder: string): Promise<boolean> {
  try {
    const description: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    return typeof description === 'object' && description !== null && 'orderloom' in description;
  } catch {
    return false;
  }
}
