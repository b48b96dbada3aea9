import { mkdir, writeFile } from 'node:fs/promises';
import { schema } from './schema.ts';
import { printSchemaText } from './schema-text.ts';

const folder = new URL('../generated/', import.meta.url);

await mkdir(folder, { recursive: true });
await writeFile(new URL('schema.graphql', folder), printSchemaText(schema));
