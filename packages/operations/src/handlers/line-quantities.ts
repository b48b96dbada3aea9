import { Decimal } from '@orderloom/kernel';
import type { TransactionalWork } from '@orderloom/runtime';

/** What a form with one row a line says in one of its columns, by line number. Rows that say nothing are left out. */
export function quantitiesByLine(
  rows: TransactionalWork['variables'][string] | undefined,
  column: string,
): ReadonlyMap<number, Decimal> {
  if (!Array.isArray(rows)) return new Map();
  return new Map(
    rows.flatMap((row: unknown): [number, Decimal][] => {
      if (typeof row !== 'object' || row === null) return [];
      const { sequence, [column]: amount } = row as Readonly<Record<string, unknown>>;
      return typeof sequence === 'number' && typeof amount === 'number'
        ? [[sequence, new Decimal(amount)]]
        : [];
    }),
  );
}
