import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { Cell, Column, Row, Table as AriaTable, TableBody, TableHeader } from 'react-aria-components';
import { LANGUAGE_TAG } from './i18n.ts';
import { usePreferences } from './preferences.ts';
import { sortRows, type SortOrder, type SortValue } from './table-sort.ts';

export interface TableColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  /** Makes the header a sort button. */
  readonly sortBy?: (row: T) => SortValue;
  /** Numbers and money stand at the end so that their digits line up. */
  readonly align?: 'start' | 'end';
}

export interface TableProps<T> {
  readonly label: string;
  /** The first column names the row for screen readers. */
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** Where Enter or a press on a row goes. */
  readonly rowHref?: (row: T) => string;
  readonly initialSort?: SortOrder;
  /** Shown instead of rows. */
  readonly empty?: ReactNode;
}

/** Rows and columns with sortable headers; one tab stop, arrows inside, Enter opens a row. */
export function Table<T>({ label, columns, rows, rowKey, rowHref, initialSort, empty }: TableProps<T>) {
  const { locale } = usePreferences();
  const [sort, setSort] = useState(initialSort);
  const sorted = useMemo(() => {
    const sortBy = columns.find((column) => column.id === sort?.columnId)?.sortBy;
    return sort && sortBy ? sortRows(rows, sortBy, sort.direction, LANGUAGE_TAG[locale]) : rows;
  }, [rows, columns, sort, locale]);

  return (
    <div className="overflow-x-auto">
      <AriaTable
        aria-label={label}
        className="w-full border-collapse text-sm"
        {...(sort && { sortDescriptor: { column: sort.columnId, direction: sort.direction } })}
        onSortChange={({ column, direction }) => setSort({ columnId: String(column), direction })}
      >
        <TableHeader className="border-b border-line bg-sunken">
          {columns.map((column, index) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={index === 0}
              allowsSorting={!!column.sortBy}
              className={`h-8 px-3 text-xs font-medium whitespace-nowrap text-text-muted -outline-offset-2 ${column.sortBy ? 'cursor-pointer data-hovered:text-text' : ''} ${column.align === 'end' ? 'text-end' : 'text-start'}`}
            >
              {({ sortDirection }) => (
                <span className="inline-flex items-center gap-1">
                  {column.header}
                  {column.sortBy && <SortMark direction={sortDirection} />}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => empty}>
          {sorted.map((row) => (
            <Row
              key={rowKey(row)}
              id={rowKey(row)}
              {...(rowHref && { href: rowHref(row) })}
              className="border-b border-line -outline-offset-2 last:border-b-0 data-hovered:bg-hover data-href:cursor-pointer"
            >
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  className={`h-9 px-3 py-1 -outline-offset-2 ${column.align === 'end' ? 'text-end' : 'text-start'}`}
                >
                  {column.cell(row)}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </AriaTable>
    </div>
  );
}

function SortMark({ direction }: { readonly direction: SortOrder['direction'] | undefined }) {
  const Icon = direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown;
  return <Icon aria-hidden className={`size-3.5 ${direction ? 'text-accent' : ''}`} />;
}
