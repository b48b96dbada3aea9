import { type Address, isGs1Key, type OrderDraft, type PartyReference } from '@orderloom/orders';
import { PARTY_SCHEMES } from './codes-850.ts';
import { locate, locateElement } from './finding.ts';
import { quoted, type Reading } from './reading-850.ts';
import { element, type Segment } from './segment.ts';

/** N1 and what belongs to it, up to the next segment that cannot. */
function partyLoops(heading: readonly Segment[], role: string): (readonly [Segment, ...Segment[]])[] {
  return heading.flatMap((n1, at) => {
    if (n1.id !== 'N1' || element(n1, 1) !== role) return [];
    const rest = heading.slice(at + 1);
    const end = rest.findIndex(({ id }) => !['N2', 'N3', 'N4', 'NX2', 'REF', 'PER'].includes(id));
    return [[n1, ...rest.slice(0, end === -1 ? rest.length : end)] as const];
  });
}

/** N1*BY: by the number it gives itself, else by its name. */
export function readBuyer(reading: Reading): PartyReference | null {
  const [loop] = partyLoops(reading.heading, 'BY');
  if (!loop) return null;
  const name = element(loop[0], 2);
  return readReference(reading, loop[0]) ?? (name === '' ? null : { scheme: 'NAME', value: name, name });
}

function readReference({ set, report }: Reading, n1: Segment): PartyReference | null {
  const [name, qualifier, value] = [element(n1, 2), element(n1, 3), element(n1, 4)];
  if (value === '') return null;
  const scheme = PARTY_SCHEMES.get(qualifier) ?? `X12:${qualifier}`;
  if (scheme === 'GLN' && !isGs1Key('GLN', value)) {
    report(
      'INTAKE_GLN',
      locateElement(set, n1, 4),
      `${quoted(value)} is not a GLN: 13 digits with a check digit.`,
    );
  }
  return { scheme, value, ...(name === '' ? {} : { name }) };
}

/** N1*ST of the heading: an address, a number somebody knows the place by, or both. */
export function readShipTo(reading: Reading): Pick<OrderDraft, 'shipTo' | 'shipToReference'> {
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

  const part = (at: number) => (n4 ? element(n4, at) : '');
  const [name, city, region, postalCode, country] = [element(n1, 2), part(1), part(2), part(3), part(4)];
  const parts = { name, street: lines.join(''), city, 'postal code': postalCode };
  const missing = Object.entries(parts).flatMap(([what, value]) => (value === '' ? [what] : []));
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
    name,
    lines,
    city,
    ...(region === '' ? {} : { region }),
    postalCode,
    country: alpha2 ?? country,
    raw: loop.map(({ elements }) => elements.join('*')).join('\n'),
  };
}

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const ALPHA_3 = new Map([
  ['USA', 'US'],
  ['CAN', 'CA'],
  ['MEX', 'MX'],
  ['CHN', 'CN'],
]);

function countryOf(sent: string): string | null {
  const code = ALPHA_3.get(sent.toUpperCase()) ?? sent.toUpperCase();
  if (code === '') return 'US';
  return /^[A-Z]{2}$/.test(code) && COUNTRIES.of(code) !== undefined ? code : null;
}
