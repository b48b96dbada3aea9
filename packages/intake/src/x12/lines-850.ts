import { Decimal } from '@orderloom/kernel';
import { isGtin, type ItemReference, type OrderLineDraft } from '@orderloom/orders';
import { ITEM_SCHEMES, PRICE_BASES } from './codes-850.ts';
import { locate, locateElement } from './finding.ts';
import { quoted, type Reading } from './reading-850.ts';
import { decimalOf, element, type Segment } from './segment.ts';

/** A line for each PO1, except where a rejection names it. */
export function readLines(reading: Reading): OrderLineDraft[] {
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
    .filter(({ qualifier }) => qualifier !== DESCRIPTION)
    .map((pair) => readItem(reading, po1, pair));
  if (items.length === 0) {
    report('INTAKE_ITEM_MISSING', locate(set, po1), 'The line has no item number.');
  }
  const described = pairs.filter(({ qualifier }) => qualifier === DESCRIPTION).map(({ value }) => value);
  const pids = line.filter(({ id }) => id === 'PID').map((pid) => element(pid, 5));
  const description = [...pids, ...described].filter(Boolean).join(' ');
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

/** 235: part number description, a text among the item numbers. */
const DESCRIPTION = 'PD';

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
  const scheme = ITEM_SCHEMES.get(qualifier) ?? 'OTHER';
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
  const basis = PRICE_BASES.get(code);
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
