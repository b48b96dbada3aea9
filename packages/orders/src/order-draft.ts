import type { Decimal, Money } from '@orderloom/kernel';

/** A party as a document names it. Which party of ours that is, is decided where parties are stored. */
export interface PartyReference {
  /** Who issued the value: `X12:12` (an ISA qualifier), `GLN`, `DUNS+4`, `ASSIGNED-BY-BUYER`, `NAME`. */
  readonly scheme: string;
  readonly value: string;
  readonly name?: string;
}

export interface Address {
  readonly name: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly region?: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The words of the document, before anybody structured them. */
  readonly raw: string;
}

export interface ItemReference {
  readonly scheme: 'GTIN' | 'SUPPLIER' | 'BUYER' | 'OTHER';
  /** The channel's own qualifier: X12 element 235, such as `VN`, `CB`, `UP`. */
  readonly qualifier: string;
  readonly value: string;
}

export interface OrderLineDraft {
  /** Unique within the draft; the buyer's own line number when every line has one. */
  readonly sequence: number;
  readonly items: readonly ItemReference[];
  readonly description?: string;
  readonly quantity: Decimal;
  /** UN/ECE recommendation 20 or X12 element 355, as sent. */
  readonly unit: string;
  /** Major units of the draft's currency for one `unit`; null when the document states none. */
  readonly unitPrice: Decimal | null;
  /** Where in the document: `PO1*3 (segment 19)`. */
  readonly located: string;
}

/** What every channel turns a document into: the order as the buyer sent it, before any rule of ours. */
export interface OrderDraft {
  /** The channel: `x12`. */
  readonly source: string;
  readonly sender: PartyReference;
  readonly receiver: PartyReference;
  /** With `source` and the sender, the order's identity outside: taking it in twice gives one order. */
  readonly externalId: string;
  /** X12 element 353; `00` is an original order. */
  readonly purposeCode: string;
  readonly poNumber: string;
  /** ISO 8601 calendar date. */
  readonly orderedOn: string | null;
  /** ISO 4217. */
  readonly currency: string;
  readonly buyer: PartyReference | null;
  readonly shipTo: Address | null;
  readonly shipToReference: PartyReference | null;
  /** ISO 8601 calendar date. */
  readonly requestedDeliveryOn: string | null;
  readonly notes: readonly string[];
  readonly lines: readonly OrderLineDraft[];
  readonly statedTotal: Money | null;
  readonly statedLineCount: number | null;
}

/**
 * Something in a document that a person has to know. A `rejection` keeps the order out until the document is
 * mended; an `exception` lets it in for a person to check.
 */
export interface IntakeProblem {
  readonly code: string;
  readonly severity: 'rejection' | 'exception';
  /** What is wrong, naming the values. */
  readonly message: string;
  readonly located: string;
  /** What to do about it, as an instruction. */
  readonly fix: string;
}
