// `npm run migration -- NAME`: writes the SQL from what the migrations build to what prisma/schema describes.
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { MIGRATIONS_FOLDER } from './migrations.ts';
import { schemaDifference } from './schema-difference.ts';
import { withScratchDatabase } from './scratch-database.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write(
    'Name the migration after what it does, in snake_case: npm run migration -- add_invoices\n',
  );
  process.exit(2);
}
const difference = await withScratchDatabase(schemaDifference);
if (difference === '') {
  process.stdout.write('prisma/schema and prisma/migrations agree; there is nothing to write.\n');
} else {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = join(MIGRATIONS_FOLDER, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), difference);
  process.stdout.write(
    `Wrote ${relative(process.cwd(), folder)}/migration.sql. Add by hand: for a new table its grants and its wall,\nfor new rules their checks (packages/database/README.md says how).\n`,
  );
}
