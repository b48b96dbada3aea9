import type { finding } from './finding.ts';
import type { TransactionSet } from './read-interchange.ts';
import type { Segment } from './segment.ts';

/** A set in its areas: what concerns the order, one list a line, and the totals. */
export interface Areas {
  readonly heading: readonly Segment[];
  /** Each starts with its PO1. */
  readonly lines: readonly (readonly [Segment, ...Segment[]])[];
  readonly summary: readonly Segment[];
}

/** What every part of the reader is given: the set in its areas, and where to report what is wrong. */
export interface Reading extends Areas {
  readonly set: TransactionSet;
  readonly report: (...args: Parameters<typeof finding>) => void;
}

export function areasOf(set: TransactionSet): Areas {
  const heading: Segment[] = [];
  const lines: [Segment, ...Segment[]][] = [];
  const summary: Segment[] = [];
  let area = heading;
  for (const segment of set.segments) {
    if (segment.id === 'PO1') {
      const line: [Segment, ...Segment[]] = [segment];
      lines.push(line);
      area = line;
      continue;
    }
    if (segment.id === 'CTT') area = summary;
    area.push(segment);
  }
  return { heading, lines, summary };
}

/** A value of the document inside a message, cut short. */
export function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
