import type { IntakeProblem } from '@orderloom/orders';
import { type IntakeErrorCode, intakeProblem } from '../errors.ts';
import { element, type Segment } from './segment.ts';
import type { TransactionSet } from './read-interchange.ts';

/**
 * A problem, and how the acknowledgement tells the sender about it. Problems of meaning (an unknown unit, a
 * test order) are not the sender's syntax and are told to our people only.
 */
export interface Finding {
  readonly problem: IntakeProblem;
  readonly syntax: SyntaxError | null;
}

/** A mistake in the code lists of X12.20: TA105 (I18), AK905 (716), AK502 (718), AK304 (720), AK403 (723). */
export type SyntaxError =
  | { readonly level: 'interchange' | 'group' | 'transaction'; readonly code: string }
  | (SegmentError & { readonly level: 'segment' })
  | (SegmentError & {
      readonly level: 'element';
      readonly element: number;
      /** Data element number, such as 380 for a quantity. */
      readonly reference: number;
      readonly value: string;
    });

interface SegmentError {
  readonly code: string;
  readonly segmentId: string;
  /** In the transaction set, ST being 1. */
  readonly position: number;
  /** First segment of the loop it is in; '' outside of loops. */
  readonly loop: string;
}

export function finding(
  code: IntakeErrorCode,
  located: string,
  message: string,
  syntax: SyntaxError | null = null,
): Finding {
  return { problem: intakeProblem(code, located, message), syntax };
}

export function isRejection({ problem }: Finding): boolean {
  return problem.severity === 'rejection';
}

/** Position of a segment in its transaction set, ST being 1: what AK302 counts. */
export function positionIn(set: TransactionSet, segment: Segment): number {
  return segment.number - set.header.number + 1;
}

/** `PO1*3 (segment 19)`: the line by the buyer's number, other segments by their id. */
export function locate(set: TransactionSet, segment: Segment): string {
  return `${label(segment)} (segment ${positionIn(set, segment)})`;
}

/** `PO102 of PO1*3 (segment 19, byte 812)`. */
export function locateElement(set: TransactionSet, segment: Segment, position: number): string {
  const name = `${segment.id}${String(position).padStart(2, '0')}`;
  const where = `segment ${positionIn(set, segment)}, byte ${segment.byte}`;
  return segment.id === 'PO1' ? `${name} of ${label(segment)} (${where})` : `${name} (${where})`;
}

/** `IEA02 (segment 41 of the file, byte 1090)`, for what stands around the transaction sets. */
export function locateInFile(segment: Segment, position?: number): string {
  const name = position === undefined ? segment.id : `${segment.id}${String(position).padStart(2, '0')}`;
  return `${name} (segment ${segment.number} of the file, byte ${segment.byte})`;
}

function label(segment: Segment): string {
  return segment.id === 'PO1' && element(segment, 1) !== '' ? `PO1*${element(segment, 1)}` : segment.id;
}
