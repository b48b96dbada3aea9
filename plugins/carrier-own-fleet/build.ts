/** Bundles the plugin with everything it imports into `dist`, and writes the manifest the host reads. */
import { copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { manifestOf } from '@orderloom/plugin-sdk';
import { rolldown } from 'rolldown';
import plugin from './src/index.ts';

const here = import.meta.dirname;
const dist = path.join(here, 'dist');
const main = 'plugin.mjs';

await rm(dist, { recursive: true, force: true });
const bundle = await rolldown({
  input: path.join(here, 'src/index.ts'),
  platform: 'neutral',
  resolve: { mainFields: ['module', 'main'] },
  external: /^node:/,
  // Whatever cannot be bundled could not be imported in the plugin's process either.
  onLog: (_level, log) => {
    throw new Error(log.message);
  },
});
await bundle.write({ dir: dist, format: 'esm', entryFileNames: main, chunkFileNames: '[name].mjs' });
await bundle.close();

await writeFile(
  path.join(dist, 'orderloom.plugin.json'),
  `${JSON.stringify(manifestOf(plugin, main), null, 2)}\n`,
);
for (const file of await readdir(path.join(here, 'generated'))) {
  if (file.startsWith('LICENSE')) await copyFile(path.join(here, 'generated', file), path.join(dist, file));
}
