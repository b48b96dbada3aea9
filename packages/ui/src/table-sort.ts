/** What a column sorts by; text sorts as people of the language expect, `null` and `undefined` go last. */
export type SortValue = string | number | bigint | Date | null | undefined;

export interface SortOrder {
  readonly columnId: string;
  readonly direction: 'ascending' | 'descending';
}

/** The rows in the order asked for; rows that compare equal keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortBy: (row: Row) => SortValue,
  direction: SortOrder['direction'],
  languageTag: string,
): readonly Row[] {
  const collator = new Intl.Collator(languageTag, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.toSorted((rowA, rowB) => {
    const a = sortBy(rowA) ?? null;
    const b = sortBy(rowB) ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'string' && typeof b === 'string') return sign * collator.compare(a, b);
    return sign * (Number(a > b) - Number(a < b));
  });
}
