import { Decimal } from '@orderloom/kernel';

/** One segment as it stood in the file. `elements[0]` is the segment id, `elements[3]` is PO103. */
export interface Segment {
  readonly id: string;
  readonly elements: readonly string[];
  /** Position in the file, the first being 1. */
  readonly number: number;
  /** Where its first byte stands in the file, the first being 0. */
  readonly byte: number;
}

/** The element without the blanks around it; '' when the segment ends before it. */
export function element(segment: Segment, position: number): string {
  return segment.elements[position]?.trim() ?? '';
}

/** Control numbers and counts are compared as numbers: trailers often lose the leading zeros. */
export function sameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) === BigInt(b));
}

/**
 * A number of type R or N0 (X12.6, 3.5.1): digits, at most one point, a minus. Null when it is something
 * else, or more than the 12 digits before and 6 after the point that quantities and prices can hold.
 */
export function decimalOf(text: string): Decimal | null {
  if (text.length > 40 || !/^-?\d+(?:\.\d*)?$|^-?\.\d+$/.test(text)) return null;
  const number = new Decimal(text);
  return number.abs().lt('1e12') && number.decimalPlaces() <= 6 ? number : null;
}

/** A date of type DT as an ISO 8601 date: CCYYMMDD, or YYMMDD as before version 004010 (1970 to 2069). */
export function dateOf(text: string): string | null {
  const [, century, yy = '', mm = '', dd = ''] = /^(\d\d)?(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const year = Number(`${century ?? (Number(yy) < 70 ? '20' : '19')}${yy}`);
  const date = new Date(Date.UTC(year, Number(mm) - 1, Number(dd)));
  const written = `${String(year).padStart(4, '0')}-${mm}-${dd}`;
  return date.toJSON()?.startsWith(written) ? written : null;
}
