import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type ClonedDatabase } from './cloned-database.ts';
import { schemaDifference } from './schema-difference.ts';

let cloned: ClonedDatabase;
beforeAll(async () => {
  cloned = await cloneDatabase();
});
afterAll(() => cloned.drop());

test('the migrations build exactly what the schema describes', async () => {
  expect(await schemaDifference(cloned.url)).toBe('');
});

test.each([
  ['a column too many', 'alter table party add column rogue text', 'DROP COLUMN "rogue"'],
  ['a column of another type', 'alter table sku alter column weight_grams type bigint', '"weight_grams"'],
  ['a missing index', 'drop index timer_due_at_idx', 'CREATE INDEX "timer_due_at_idx"'],
  ['a table too many', 'create table rogue (id int primary key)', 'DROP TABLE "rogue"'],
])('%s is reported with the SQL that mends it', async (_, rogue, mend) => {
  const clone = await cloneDatabase();
  try {
    await clone.owner.query(rogue);
    expect(await schemaDifference(clone.url)).toContain(mend);
  } finally {
    await clone.drop();
  }
});
