import type { IntakeProblem } from '@orderloom/orders';

interface Entry {
  readonly severity: IntakeProblem['severity'];
  /** What the reader can do about it, as an instruction. */
  readonly fix: string;
}

const ASK_SENDER = 'Ask the sender to mend the document and send it again.';
const COMPARE = 'Compare the order with the document, or ask the sender, before confirming it.';

/** Every problem a document can have. Codes are never reused. */
export const intakeErrors = {
  // The file as a whole
  INTAKE_EMPTY: { severity: 'rejection', fix: 'Send the document again; look at the log of the transfer.' },
  INTAKE_UNSUPPORTED: {
    severity: 'rejection',
    fix: 'Send an X12 850 purchase order, or enter the order by hand.',
  },

  // The envelope: ISA, GS, ST and their trailers
  INTAKE_ENVELOPE_UNREADABLE: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_ENVELOPE: { severity: 'exception', fix: 'Ask the sender whether the whole interchange arrived.' },
  INTAKE_NO_GROUP: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_OUTSIDE_GROUP: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_STRAY: { severity: 'exception', fix: 'Ask the sender whether part of an order was lost here.' },
  INTAKE_TRUNCATED: { severity: 'rejection', fix: 'Ask the sender to send the whole document again.' },
  INTAKE_CONTROL_NUMBER: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_SEGMENT_COUNT: { severity: 'exception', fix: COMPARE },
  INTAKE_TEST: { severity: 'exception', fix: 'Release it only if the sender meant it as a real order.' },

  // Segments and elements against the guide
  INTAKE_SEGMENT: { severity: 'exception', fix: COMPARE },
  INTAKE_SEGMENT_MISSING: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_SEGMENT_REPEATED: {
    severity: 'rejection',
    fix: 'Ask the sender to send one order in each transaction set.',
  },
  INTAKE_ELEMENT: { severity: 'exception', fix: COMPARE },
  INTAKE_ELEMENT_ESSENTIAL: { severity: 'rejection', fix: ASK_SENDER },

  // What the order says
  INTAKE_PURPOSE: {
    severity: 'rejection',
    fix: 'Change or cancel the order by hand; only new orders are taken in.',
  },
  INTAKE_CONFIRMATION: { severity: 'exception', fix: 'Check that the order was not entered before.' },
  INTAKE_CURRENCY: { severity: 'rejection', fix: 'Ask the sender for an ISO 4217 currency in CUR02.' },
  INTAKE_QUANTITY: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_UNIT: { severity: 'exception', fix: COMPARE },
  INTAKE_PRICE: { severity: 'rejection', fix: ASK_SENDER },
  INTAKE_PRICE_BASIS: { severity: 'exception', fix: 'Agree the price of one unit with the buyer.' },
  INTAKE_ITEM_MISSING: { severity: 'exception', fix: 'Find out from the buyer which item is meant.' },
  INTAKE_GTIN: {
    severity: 'exception',
    fix: 'Make sure that the other numbers of the line name the right item.',
  },
  INTAKE_GLN: { severity: 'exception', fix: 'Make sure that the party is the right one.' },
  INTAKE_LINE_NUMBER: { severity: 'exception', fix: COMPARE },
  INTAKE_LINE_COUNT: { severity: 'exception', fix: COMPARE },
  INTAKE_HASH_TOTAL: { severity: 'exception', fix: COMPARE },
  INTAKE_SHIP_TO: { severity: 'exception', fix: 'Ask the buyer where the goods go.' },
  INTAKE_ADDRESS: { severity: 'exception', fix: 'Complete the address with the buyer.' },
  INTAKE_NOT_CARRIED: { severity: 'exception', fix: 'Read the part in the document and settle it by hand.' },
} as const satisfies Readonly<Record<string, Entry>>;

export type IntakeErrorCode = keyof typeof intakeErrors;

export function intakeProblem(code: IntakeErrorCode, located: string, message: string): IntakeProblem {
  return { code, message, located, ...intakeErrors[code] };
}
