import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSchemaEngine, type SchemaFile } from './schema-engine.ts';

const SCHEMA_FOLDER = fileURLToPath(new URL('../prisma/schema', import.meta.url));

/**
 * The SQL that would turn the tables of the database into those of `prisma/schema`; '' when they agree.
 * Checks, policies, grants, functions and partial indexes are written by hand in migrations and not compared.
 */
export async function schemaDifference(url: string): Promise<string> {
  const files = await readSchema();
  return withSchemaEngine(url, files, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [...files], configDir: SCHEMA_FOLDER },
      to: { tag: 'schemaDatamodel', files: [...files] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? '' : (stdout ?? '');
  });
}

async function readSchema(): Promise<readonly SchemaFile[]> {
  const names = (await readdir(SCHEMA_FOLDER)).filter((name) => name.endsWith('.prisma')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const path = join(SCHEMA_FOLDER, name);
      return { path, content: await readFile(path, 'utf8') };
    }),
  );
}
