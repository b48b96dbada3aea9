import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail } from '@orderloom/kernel';
import { PluginManifest } from '@orderloom/plugin-sdk';
import { z } from 'zod';
import { schemaOf } from './contract.ts';

/** A plugin as it is before anything of it has run. */
export interface InstalledPlugin {
  readonly manifest: PluginManifest;
  /** File URL of its module. */
  readonly entry: string;
}

const PackageJson = z.object({ orderloom: z.string() });
const CONTRACT_MAJOR = '^1.';

/**
 * Reads the manifest that `package.json` names under `orderloom`. None of the plugin's code runs.
 *
 * Fails with PLUGIN_NOT_BUILT, PLUGIN_MANIFEST, PLUGIN_CONTRACT.
 */
export async function readPlugin(folder: string): Promise<InstalledPlugin> {
  const named = PackageJson.safeParse(await readJson(path.join(folder, 'package.json')));
  if (!named.success) {
    fail('PLUGIN_MANIFEST', `${folder}/package.json does not name a plugin manifest.`, {
      field: 'orderloom',
      fix: 'Add "orderloom": "./dist/orderloom.plugin.json".',
    });
  }
  const file = path.resolve(folder, named.data.orderloom);
  const parsed = PluginManifest.safeParse(await readJson(file));
  if (!parsed.success) {
    fail('PLUGIN_MANIFEST', `${file}: ${z.prettifyError(parsed.error)}`, {
      fix: 'Build the plugin again; the manifest is written by the build, not by hand.',
    });
  }
  const manifest = parsed.data;
  if (!manifest.contract.startsWith(CONTRACT_MAJOR)) {
    fail(
      'PLUGIN_CONTRACT',
      `${manifest.id} was written for contract ${manifest.contract}; this host speaks 1.x.`,
      {
        field: 'contract',
        fix: 'Install a version of the plugin that was written for contract ^1.0.',
      },
    );
  }
  // The process may read the real folder only, so links on the way to it are resolved here.
  const entry = pathToFileURL(path.join(await realpath(path.dirname(file)), manifest.main)).href;
  return { manifest, entry };
}

/** Fails with PLUGIN_CONFIG when the operator's settings do not fit the plugin's schema. */
export function checkConfig({ manifest }: InstalledPlugin, config: unknown): void {
  const checked = schemaOf(manifest.config).safeParse(config);
  if (!checked.success) {
    fail('PLUGIN_CONFIG', `The settings of ${manifest.id} are not valid: ${z.prettifyError(checked.error)}`, {
      field: checked.error.issues[0]?.path.map(String).join('.') ?? '',
      fix: `Correct the settings of "${manifest.title}".`,
    });
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) =>
    fail('PLUGIN_NOT_BUILT', `${file} cannot be read (${cause.code}).`, {
      fix: 'Run the build first.',
      cause,
    }),
  );
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    return fail('PLUGIN_MANIFEST', `${file} is not JSON.`, { fix: 'Build the plugin again.', cause });
  }
}
