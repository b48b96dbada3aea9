import { Decimal, isCurrency, minorUnits, type Money } from '@orderloom/kernel';
import type { OrderDraft } from '@orderloom/orders';
import { checkTransaction } from './check-transaction.ts';
import { LIMITING_DATES, PURPOSES, UNCARRIED } from './codes-850.ts';
import { finding, type Finding, locate, locateElement } from './finding.ts';
import { guide850 } from './guide-850.ts';
import { readLines } from './lines-850.ts';
import { readBuyer, readShipTo } from './parties-850.ts';
import { interchangeParty, type Interchange, type TransactionSet } from './read-interchange.ts';
import { areasOf, quoted, type Reading } from './reading-850.ts';
import { dateOf, decimalOf, element, type Segment } from './segment.ts';

export interface PurchaseOrderReading {
  /** Null when the set does not even say which order it is. */
  readonly draft: OrderDraft | null;
  readonly findings: readonly Finding[];
}

/**
 * Reads an 850 as an order draft. Every PO1 becomes a line of the draft or is named by a rejection; what the
 * draft has no place for (charges, sub-lines, several destinations) is named by an exception. The currency is
 * US dollars unless CUR says otherwise, a country the United States unless N404 does.
 */
export function readPurchaseOrder(set: TransactionSet, interchange: Interchange): PurchaseOrderReading {
  const findings = checkTransaction(set, guide850);
  const report = (...args: Parameters<typeof finding>) => void findings.push(finding(...args));
  if (element(interchange.header, 15) === 'T') {
    report('INTAKE_TEST', 'ISA15', 'The interchange is marked as a test.');
  }
  const beg = set.segments.find(({ id }) => id === 'BEG');
  if (!beg || element(beg, 3) === '') return { draft: null, findings };

  const reading: Reading = { set, report, ...areasOf(set) };
  const shipTo = readShipTo(reading);
  reportPurpose(reading, beg);
  reportUncarried(reading);
  const currency = readCurrency(reading);
  const lines = readLines(reading);
  const draft: OrderDraft = {
    source: 'x12',
    sender: interchangeParty(interchange.header, 'sender'),
    receiver: interchangeParty(interchange.header, 'receiver'),
    // A release of a blanket order has the blanket's number; the release makes it an order of its own.
    externalId: [element(beg, 3), element(beg, 4)].filter(Boolean).join('/'),
    purposeCode: element(beg, 1),
    poNumber: element(beg, 3),
    orderedOn: dateOf(element(beg, 5)),
    currency,
    buyer: readBuyer(reading),
    ...shipTo,
    requestedDeliveryOn: readRequestedDelivery(reading.heading),
    notes: readNotes(reading),
    lines,
    statedTotal: readStatedTotal(reading, currency),
    statedLineCount: readStatedLineCount(reading),
  };
  return { draft, findings };
}

function reportPurpose({ set, report }: Reading, beg: Segment): void {
  const purpose = element(beg, 1);
  const meaning = PURPOSES.get(purpose);
  if (purpose === '' || meaning === 'new') return;
  const located = locateElement(set, beg, 1);
  if (meaning === 'copy') {
    report('INTAKE_CONFIRMATION', located, `Purpose ${purpose} repeats an order that was given before.`);
  } else {
    const what = meaning ? ` (${meaning})` : '';
    report('INTAKE_PURPOSE', located, `Purpose ${purpose.slice(0, 20)}${what} is not a new order.`);
  }
}

function reportUncarried({ set, report, heading, lines }: Reading): void {
  for (const part of [heading, ...lines]) {
    for (const [id, what] of Object.entries(UNCARRIED)) {
      const found = part.filter((segment) => segment.id === id);
      if (!found[0]) continue;
      const count = found.length === 1 ? `A segment ${id}` : `${found.length} segments ${id}`;
      report(
        'INTAKE_NOT_CARRIED',
        locate(set, found[0]),
        `${count} (${what}) cannot be taken into the order.`,
      );
    }
  }
  for (const line of lines) {
    const destination = line.find((segment) => segment.id === 'N1' && element(segment, 1) === 'ST');
    if (!destination) continue;
    const to = element(destination, 2) || element(destination, 4) || 'a place of its own';
    report(
      'INTAKE_NOT_CARRIED',
      locate(set, line[0]),
      `The line is to be shipped to ${to}; an order has one ship-to.`,
    );
  }
}

function readCurrency({ set, report, heading }: Reading): string {
  const cur = heading.find(({ id }) => id === 'CUR');
  const currency = cur ? element(cur, 2).toUpperCase() : '';
  if (!cur || currency === '') return 'USD';
  if (isCurrency(currency)) return currency;
  report(
    'INTAKE_CURRENCY',
    locateElement(set, cur, 2),
    `${quoted(currency)} is not an ISO 4217 currency code.`,
  );
  return 'USD';
}

/** The first date that says when the buyer wants the goods: delivery requested, or required by. */
function readRequestedDelivery(heading: readonly Segment[]): string | null {
  for (const qualifier of ['002', '074', '106']) {
    const dtm = heading.find((segment) => segment.id === 'DTM' && element(segment, 1) === qualifier);
    const date = dtm ? dateOf(element(dtm, 2)) : null;
    if (date) return date;
  }
  return null;
}

/** What people wrote to people, and limits that are no field of an order, in the order of the document. */
function readNotes({ heading, lines, summary }: Reading): string[] {
  return [
    ...heading.flatMap(noteOf),
    ...lines.flatMap(([po1, ...rest], at) =>
      rest.flatMap(noteOf).map((note) => `Line ${element(po1, 1) || at + 1}: ${note}`),
    ),
    ...summary.flatMap(noteOf),
  ];
}

function noteOf(segment: Segment): string[] {
  const [label, note] = labelledNote(segment);
  if (note === '') return [];
  return [label === '' ? note : `${label}: ${note}`];
}

function labelledNote(segment: Segment): [label: string, note: string] {
  switch (segment.id) {
    case 'MSG':
      return ['', element(segment, 1)];
    case 'NTE':
      return ['', element(segment, 2)];
    case 'N9':
      return ['', element(segment, 3)];
    case 'PKG':
      return ['Packaging', element(segment, 5)];
    case 'TD5':
      return ['Routing', element(segment, 5)];
    case 'DTM':
      return [LIMITING_DATES.get(element(segment, 1)) ?? '', datedNote(segment)];
    default:
      return ['', ''];
  }
}

function datedNote(dtm: Segment): string {
  return LIMITING_DATES.has(element(dtm, 1)) ? (dateOf(element(dtm, 2)) ?? '') : '';
}

/** AMT of the summary: total of the transaction, of the line items, or gross. */
function readStatedTotal({ heading, lines, summary }: Reading, currency: string): Money | null {
  const amounts = (segments: readonly Segment[], ...qualifiers: string[]) =>
    segments.filter((segment) => segment.id === 'AMT' && qualifiers.includes(element(segment, 1)));
  const [amt] = [
    ...amounts(summary, 'TT', 'GV', '1'),
    ...amounts(heading, 'TT'),
    ...amounts(lines.at(-1) ?? [], 'TT'), // where the summary has no CTT to tell it from the last line
  ];
  const amount = amt ? decimalOf(element(amt, 2)) : null;
  return amount && minorUnits(amount, currency);
}

/** CTT01, after comparing it and the hash total CTT02 with the lines that are there. */
function readStatedLineCount({ set, report, lines, summary }: Reading): number | null {
  const ctt = summary.find(({ id }) => id === 'CTT');
  if (!ctt) return null;
  const [count, hash] = [decimalOf(element(ctt, 1)), decimalOf(element(ctt, 2))];
  if (count && !count.eq(lines.length)) {
    const message = `The document counts its lines as ${count.toString()}; there are ${lines.length}.`;
    report('INTAKE_LINE_COUNT', locateElement(set, ctt, 1), message);
  }
  const sum = Decimal.sum(0, ...lines.map(([po1]) => decimalOf(element(po1, 2)) ?? 0));
  // Zero is what systems write that do not use the hash total.
  if (hash && !hash.isZero() && !hash.eq(sum)) {
    const message = `The hash total is ${hash.toString()}; the quantities add up to ${sum.toString()}.`;
    report('INTAKE_HASH_TOTAL', locateElement(set, ctt, 2), message);
  }
  return count?.isInteger() ? count.toNumber() : null;
}
