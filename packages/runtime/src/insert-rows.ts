import type { Transaction } from '@orderloom/database';

/**
 * Inserts any number of rows with one statement: one array a column, `unnest`ed side by side. `columns`
 * gives each the PostgreSQL type its values are sent as; JSON is given as text. The statement's text does not depend on the number of rows, so it is planned once.
 */
export async function insertRows<Names extends string>(
  tx: Transaction,
  table: string,
  columns: Readonly<Record<Names, string>>,
  rows: readonly Readonly<Record<Names, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns) as Names[];
  const arrays = names.map((name, index) => `$${index + 1}::${columns[name]}[]`);
  await tx.query(
    `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays.join(', ')})`,
    names.map((name) => rows.map((row) => row[name])),
  );
}
