import type { ItemReference } from '@orderloom/orders';

// Code lists of the X12 data element dictionary, as far as reading a purchase order depends on them. They are
// looked up with what strangers send, so they are maps: an object would also answer to `constructor`.

/** 353 Transaction Set Purpose Code: what is a new order, what may repeat one, and what the rest means. */
export const PURPOSES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '00': 'new',
    '06': 'copy', // confirmation
    '07': 'copy', // duplicate
    '15': 'copy', // re-submission
    '18': 'copy', // reissue
    '01': 'cancellation',
    '02': 'addition',
    '03': 'deletion',
    '04': 'change',
    '05': 'replacement',
    '13': 'request',
    '22': 'information copy',
    '24': 'draft',
  }),
);

/** 66 Identification Code Qualifier. */
export const PARTY_SCHEMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '1': 'DUNS',
    '9': 'DUNS+4',
    '91': 'ASSIGNED-BY-SELLER',
    '92': 'ASSIGNED-BY-BUYER',
    UL: 'GLN',
  }),
);

/** 235 Product/Service ID Qualifier: whose number it is. */
export const ITEM_SCHEMES: ReadonlyMap<string, ItemReference['scheme']> = new Map(
  Object.entries({
    UP: 'GTIN', // U.P.C. consumer package code (1-5-5-1)
    EN: 'GTIN', // EAN (2-5-5-1)
    EO: 'GTIN', // EAN-8
    UK: 'GTIN', // U.P.C./EAN shipping container code (1-2-5-5-1)
    VA: 'SUPPLIER', // vendor's style number
    VC: 'SUPPLIER', // vendor's catalog number
    VN: 'SUPPLIER', // vendor's item number
    VP: 'SUPPLIER', // vendor's part number
    BP: 'BUYER', // buyer's part number
    CB: 'BUYER', // buyer's catalog number
    IN: 'BUYER', // buyer's item number
    PI: 'BUYER', // purchaser's item code
    SK: 'BUYER', // stock keeping unit
  }),
);

/**
 * 639 Basis of Unit Price Code: the number of units the price is for, `free` of charge, or still `open`.
 * A basis that is not here (by weight, a retail price) is not the price of one ordered unit.
 */
export const PRICE_BASES: ReadonlyMap<string, PriceBasis> = new Map(
  (
    [
      ['CA CP CT DI DR DS FX LE NT PE PR QE QT ST TE UM WE WH', 1],
      ['PN', 10],
      ['LD PD TD WD', 12],
      ['HP LC QH TC WC', 100],
      ['LM QS TM TP WM', 1000],
      ['TT', 10_000],
      ['HT', 100_000],
      ['NC', 'free'],
      ['NQ NS TB', 'open'],
    ] as const
  ).flatMap(([codes, basis]) => codes.split(' ').map((code): [string, PriceBasis] => [code, basis])),
);

export type PriceBasis = number | 'free' | 'open';

/** 374 Date/Time Qualifier: limits that an order has no field for; they become notes. */
export const LIMITING_DATES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '001': 'Cancel after',
    '010': 'Requested ship date',
    '037': 'Ship not before',
    '038': 'Ship no later than',
    '063': 'Do not deliver after',
    '064': 'Do not deliver before',
  }),
);

/** Segments that change what is ordered or what it costs, in ways a draft has no place for. */
export const UNCARRIED: Readonly<Record<string, string>> = {
  SAC: 'allowances or charges',
  TXI: 'taxes',
  SDQ: 'quantities for several destinations',
  SCH: 'a delivery schedule',
  SLN: 'sub-lines',
};
