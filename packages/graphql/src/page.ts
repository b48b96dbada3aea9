import { fail } from '@orderloom/kernel';
import type { OutputRef } from '@pothos/core';
import { builder } from './builder.ts';
import type { GraphqlErrorCode } from './errors.ts';

/** A stretch of a list that is read forwards, as the Relay cursor connection specification has it. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly cursorOf: (row: Row) => string;
  /** Asked only when the answer is wanted. */
  readonly count: () => Promise<number>;
}

const LARGEST_PAGE = 100;

/** Reads one row more than asked for, to know whether there are more. */
export async function readPage<Row>(
  first: number,
  list: Omit<Page<Row>, 'rows' | 'hasNextPage'> & {
    readonly find: (take: number) => Promise<readonly Row[]>;
  },
): Promise<Page<Row>> {
  if (first < 1 || first > LARGEST_PAGE) {
    fail('PAGE_SIZE' satisfies GraphqlErrorCode, `A page has 1 to ${LARGEST_PAGE} entries.`, {
      field: 'first',
      fix: `Ask for at most ${LARGEST_PAGE} and for the next page with "after".`,
    });
  }
  const rows = await list.find(first + 1);
  return { ...list, rows: rows.slice(0, first), hasNextPage: rows.length > first };
}

/** Where a row stands in its list, opaque to clients. It says nothing that the row does not. */
export function writeCursor(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor, of which each fits its form. */
export function readCursor(
  cursor: string,
  ...forms: readonly ((part: string) => boolean)[]
): readonly string[] {
  const parts = parseParts(cursor);
  if (parts?.length === forms.length && forms.every((form, index) => form(parts[index] ?? ''))) return parts;
  fail('PAGE_CURSOR' satisfies GraphqlErrorCode, 'This list has no such place.', {
    field: 'after',
    fix: 'Use "endCursor" of the page before, or begin anew.',
  });
}

function parseParts(cursor: string): readonly string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : null;
  } catch {
    return null;
  }
}

const PageInfo = builder.objectRef<Page<never>>('PageInfo').implement({
  fields: (t) => ({
    endCursor: t.string({
      nullable: true,
      resolve: ({ rows, cursorOf }) => rows.slice(-1).map(cursorOf)[0] ?? null,
    }),
    hasNextPage: t.exposeBoolean('hasNextPage'),
  }),
});

/** The connection type of a list: `OrderConnection`, `OrderEdge`. */
export function connectionOf<Row>(name: string, type: OutputRef<Row>) {
  const Edge = builder.objectRef<{ readonly cursor: string; readonly node: Row }>(`${name}Edge`).implement({
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type, resolve: ({ node }) => node as never }),
    }),
  });
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    fields: (t) => ({
      edges: t.field({
        type: [Edge],
        resolve: ({ rows, cursorOf }) => rows.map((node) => ({ node, cursor: cursorOf(node) })),
      }),
      nodes: t.field({ type: [type], resolve: ({ rows }) => rows as never }),
      pageInfo: t.field({ type: PageInfo, resolve: (page) => page as unknown as Page<never> }),
      totalCount: t.int({ resolve: ({ count }) => count() }),
    }),
  });
}
