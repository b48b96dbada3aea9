// `npm run check`: the tables that the migrations build are those that prisma/schema describes.
import { schemaDifference } from './schema-difference.ts';
import { withScratchDatabase } from './scratch-database.ts';

const difference = await withScratchDatabase(schemaDifference);
if (difference !== '') {
  process.stderr.write(
    `prisma/schema and prisma/migrations disagree. \`npm run migration -- NAME\` writes the missing step:\n\n${difference}\n`,
  );
  process.exitCode = 1;
}
