import { Decimal, isCurrency, minorUnits, type Money } from '@orderloom/kernel';
import {
  type Address,
  isGs1Key,
  isGtin,
  type ItemReference,
  type OrderDraft,
  type OrderLineDraft,
  type PartyReference,
} from '@orderloom/orders';
import { checkTransaction } from './check-transaction.ts';
import { finding, type Finding, locate, locateElement } from './finding.ts';
import { guide850 } from './guide-850.ts';
import {
  ITEM_SCHEMES,
  LIMITING_DATES,
  PARTY_SCHEMES,
  PRICE_BASES,
  PURPOSES,
  UNCARRIED,
} from './codes-850.ts';
import { interchangeParty, type Interchange, type TransactionSet } from './read-interchange.ts';
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

/** A set in its areas: what concerns the order, one list a line, and the totals. */
interface Areas {
  readonly heading: readonly Segment[];
  /** Each starts with its PO1. */
  readonly lines: readonly (readonly [Segment, ...Segment[]])[];
  readonly summary: readonly Segment[];
}

interface Reading extends Areas {
  readonly set: TransactionSet;
  readonly report: (...args: Parameters<typeof finding>) => void;
}

function areasOf(set: TransactionSet): Areas {
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

function reportPurpose({ set, report }: Reading, beg: Segment): void {
  const purpose = element(beg, 1);
  const meaning = PURPOSES[purpose];
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

// --- Parties and addresses -------------------------------------------------------------------------------

/** N1 and what belongs to it, up to the next segment that cannot. */
function partyLoops(heading: readonly Segment[], role: string): (readonly [Segment, ...Segment[]])[] {
  return heading.flatMap((n1, at) => {
    if (n1.id !== 'N1' || element(n1, 1) !== role) return [];
    const rest = heading.slice(at + 1);
    const end = rest.findIndex(({ id }) => !['N2', 'N3', 'N4', 'NX2', 'REF', 'PER'].includes(id));
    return [[n1, ...rest.slice(0, end === -1 ? rest.length : end)] as const];
  });
}

function readBuyer(reading: Reading): PartyReference | null {
  const [loop] = partyLoops(reading.heading, 'BY');
  if (!loop) return null;
  const name = element(loop[0], 2);
  return readReference(reading, loop[0]) ?? (name === '' ? null : { scheme: 'NAME', value: name, name });
}

function readReference({ set, report }: Reading, n1: Segment): PartyReference | null {
  const [name, qualifier, value] = [element(n1, 2), element(n1, 3), element(n1, 4)];
  if (value === '') return null;
  const scheme = PARTY_SCHEMES[qualifier] ?? `X12:${qualifier}`;
  if (scheme === 'GLN' && !isGs1Key('GLN', value)) {
    report(
      'INTAKE_GLN',
      locateElement(set, n1, 4),
      `${quoted(value)} is not a GLN: 13 digits with a check digit.`,
    );
  }
  return { scheme, value, ...(name === '' ? {} : { name }) };
}

function readShipTo(reading: Reading): Pick<OrderDraft, 'shipTo' | 'shipToReference'> {
  const { set, report, heading } = reading;
  const [loop, ...more] = partyLoops(heading, 'ST');
  for (const [n1] of more) {
    report('INTAKE_NOT_CARRIED', locate(set, n1), 'The order names a further ship-to; it has one.');
  }
  const shipToReference = loop ? readReference(reading, loop[0]) : null;
  const shipTo = loop ? readAddress(reading, loop) : null;
  if (!shipTo && !shipToReference) {
    const located = loop ? locate(set, loop[0]) : 'N1*ST';
    report('INTAKE_SHIP_TO', located, 'The order does not say where the goods go.');
  }
  return { shipTo, shipToReference };
}

/** Null when the loop names the party without an address of its own. */
function readAddress({ set, report }: Reading, loop: readonly [Segment, ...Segment[]]): Address | null {
  const [n1] = loop;
  const n4 = loop.find(({ id }) => id === 'N4');
  const lines = loop
    .filter(({ id }) => id === 'N2' || id === 'N3')
    .flatMap((segment) => [element(segment, 1), element(segment, 2)])
    .filter(Boolean);
  if (!n4 && !loop.some(({ id }) => id === 'N3')) return null;

  const [city, region, postalCode, country] = [1, 2, 3, 4].map((at) => (n4 ? element(n4, at) : '')) as Four;
  const missing = Object.entries({
    name: element(n1, 2),
    street: lines.join(''),
    city,
    'postal code': postalCode,
  })
    .filter(([, part]) => part === '')
    .map(([part]) => part);
  if (missing.length > 0) {
    report('INTAKE_ADDRESS', locate(set, n1), `The ship-to address has no ${missing.join(', no ')}.`);
  }
  const alpha2 = countryOf(country);
  if (!alpha2 && n4) {
    report(
      'INTAKE_ADDRESS',
      locateElement(set, n4, 4),
      `${quoted(country)} is not an ISO 3166-1 country code.`,
    );
  }
  return {
    name: element(n1, 2),
    lines,
    city,
    ...(region === '' ? {} : { region }),
    postalCode,
    country: alpha2 ?? country,
    raw: loop.map(({ elements }) => elements.join('*')).join('\n'),
  };
}

type Four = [string, string, string, string];

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const ALPHA_3: Readonly<Record<string, string>> = { USA: 'US', CAN: 'CA', MEX: 'MX', CHN: 'CN' };

function countryOf(sent: string): string | null {
  const code = sent.toUpperCase();
  if (code === '') return 'US';
  if (ALPHA_3[code]) return ALPHA_3[code];
  return /^[A-Z]{2}$/.test(code) && COUNTRIES.of(code) !== undefined ? code : null;
}

// --- Lines -----------------------------------------------------------------------------------------------

function readLines(reading: Reading): OrderLineDraft[] {
  const sequences = lineNumbers(reading);
  return reading.lines.flatMap((line, at) => readLine(reading, line, sequences[at] ?? at + 1) ?? []);
}

/** The buyer's line numbers where every line has one of its own, else 1, 2, 3 …; a lost line leaves a gap. */
function lineNumbers({ set, report, lines }: Reading): number[] {
  const seen = new Set<string>();
  const sent = lines.map(([po1]) => {
    const number = element(po1, 1);
    const again = number !== '' && seen.has(number);
    seen.add(number);
    if (again) {
      report(
        'INTAKE_LINE_NUMBER',
        locate(set, po1),
        `Line number ${quoted(number)} was used before in this order.`,
      );
    }
    return number;
  });
  const numbers = sent.map((number) => (/^\d{1,9}$/.test(number) ? Number(number) : 0));
  const usable = numbers.every((number) => number > 0) && new Set(numbers).size === numbers.length;
  return usable ? numbers : lines.map((_, at) => at + 1);
}

/** Null when the line has no usable quantity; a rejection names it then. */
function readLine(
  reading: Reading,
  line: readonly [Segment, ...Segment[]],
  sequence: number,
): OrderLineDraft | null {
  const { set, report } = reading;
  const [po1] = line;
  const quantity = decimalOf(element(po1, 2));
  if (!quantity) return null;
  if (quantity.lte(0)) {
    report('INTAKE_QUANTITY', locateElement(set, po1, 2), `A line cannot order ${quantity.toString()}.`);
    return null;
  }
  const unit = element(po1, 3);
  if (unit === '') {
    report('INTAKE_UNIT', locateElement(set, po1, 3), 'The line has no unit; EA (each) is assumed.');
  }
  const pairs = itemPairs(line);
  const items = pairs
    .filter(({ qualifier }) => qualifier !== 'PD')
    .map((pair) => readItem(reading, po1, pair));
  if (items.length === 0) {
    report('INTAKE_ITEM_MISSING', locate(set, po1), 'The line has no item number.');
  }
  const descriptions = line.filter(({ id }) => id === 'PID').map((pid) => element(pid, 5));
  const description = [
    ...descriptions,
    ...pairs.filter(({ qualifier }) => qualifier === 'PD').map(({ value }) => value),
  ]
    .filter(Boolean)
    .join(' ');
  return {
    sequence,
    items,
    ...(description === '' ? {} : { description }),
    quantity,
    unit: unit || 'EA',
    unitPrice: readUnitPrice(reading, po1),
    located: locate(set, po1),
  };
}

interface ItemPair {
  readonly qualifier: string;
  readonly value: string;
}

/** Qualifier and value side by side: from PO106 on, and from LIN02 on. */
function itemPairs(line: readonly Segment[]): ItemPair[] {
  return line.flatMap((segment) => {
    if (segment.id !== 'PO1' && segment.id !== 'LIN') return [];
    const first = segment.id === 'PO1' ? 6 : 2;
    const pairs: ItemPair[] = [];
    for (let at = first; at < segment.elements.length; at += 2) {
      const pair = { qualifier: element(segment, at), value: element(segment, at + 1) };
      if (pair.value !== '') pairs.push(pair);
    }
    return pairs;
  });
}

function readItem({ set, report }: Reading, po1: Segment, { qualifier, value }: ItemPair): ItemReference {
  const scheme = ITEM_SCHEMES[qualifier] ?? 'OTHER';
  if (scheme !== 'GTIN' || isGtin(value)) return { scheme, qualifier, value };
  report(
    'INTAKE_GTIN',
    locate(set, po1),
    `${qualifier} ${quoted(value)} is not a GTIN: its length or check digit is wrong.`,
  );
  return { scheme: 'OTHER', qualifier, value };
}

/** The price of one unit; null when the line has none or says that it is open. */
function readUnitPrice({ set, report }: Reading, po1: Segment): Decimal | null {
  const code = element(po1, 5);
  const basis = PRICE_BASES[code];
  if (basis === 'free') return new Decimal(0);
  const price = decimalOf(element(po1, 4));
  if (!price || basis === 'open') return null;
  if (price.isNegative()) {
    report('INTAKE_PRICE', locateElement(set, po1, 4), `A unit cannot cost ${price.toString()}.`);
    return null;
  }
  if (typeof basis === 'number') return price.div(basis);
  if (code !== '') {
    const message = `Price basis ${quoted(code)} is not a price of one unit as far as is known; it is read as one.`;
    report('INTAKE_PRICE_BASIS', locateElement(set, po1, 5), message);
  }
  return price;
}

// --- Notes and totals ------------------------------------------------------------------------------------

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
      return [LIMITING_DATES[element(segment, 1)] ?? '', datedNote(segment)];
    default:
      return ['', ''];
  }
}

function datedNote(dtm: Segment): string {
  return element(dtm, 1) in LIMITING_DATES ? (dateOf(element(dtm, 2)) ?? '') : '';
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

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
