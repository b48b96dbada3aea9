import { finding, type Finding, locate, locateElement, locateInFile } from './finding.ts';
import type { FunctionalGroup, Interchange, TransactionSet } from './read-interchange.ts';
import { element, sameNumber, type Segment } from './segment.ts';

/** What is wrong with ISA and IEA, with the note codes of TA105. */
export function checkInterchange(interchange: Interchange): Finding[] {
  const { header, trailer, groups, acknowledgements, strays } = interchange;
  const findings: Finding[] = [];
  const note = (code: string, located: string, message: string) =>
    findings.push(finding('INTAKE_ENVELOPE', located, message, { level: 'interchange', code }));

  if (!/^\d{1,9}$/.test(element(header, 13))) {
    note(
      '018',
      locateInFile(header, 13),
      `The control number ${quote(header, 13)} is not a number of 9 digits.`,
    );
  }
  if (element(header, 6) === '') note('006', locateInFile(header, 6), 'The header does not say who sends.');
  if (!trailer) {
    note('023', locateInFile(header), `The interchange ${quote(header, 13)} ends without its IEA trailer.`);
  } else {
    if (!sameNumber(element(trailer, 1), String(groups.length))) {
      const message = `The trailer counts ${quote(trailer, 1)} groups; there are ${groups.length}.`;
      note('021', locateInFile(trailer, 1), message);
    }
    if (!sameNumber(element(trailer, 2), element(header, 13))) {
      const message = `The trailer has control number ${quote(trailer, 2)}, the header ${quote(header, 13)}.`;
      note('001', locateInFile(trailer, 2), message);
    }
  }
  if (groups.every((group) => group.header === null) && acknowledgements.length === 0) {
    const message = 'The interchange holds no functional group (GS).';
    findings.push(
      finding('INTAKE_NO_GROUP', locateInFile(header), message, { level: 'interchange', code: '024' }),
    );
  }
  return [...findings, ...straySegments(strays)];
}

/** What is wrong with GS and GE, with the codes of AK905. */
export function checkGroup({ header, trailer, sets }: FunctionalGroup): Finding[] {
  if (!header) return [];
  const findings: Finding[] = [];
  const note = (code: string, located: string, message: string) =>
    findings.push(finding('INTAKE_ENVELOPE', located, message, { level: 'group', code }));

  if (!/^\d{1,9}$/.test(element(header, 6))) {
    note(
      '6',
      locateInFile(header, 6),
      `The group control number ${quote(header, 6)} is not a number of 9 digits.`,
    );
  }
  if (!trailer) {
    note('3', locateInFile(header), `The group ${quote(header, 6)} ends without its GE trailer.`);
    return findings;
  }
  if (!sameNumber(element(trailer, 1), String(sets.length))) {
    const message = `The trailer counts ${quote(trailer, 1)} transaction sets; there are ${sets.length}.`;
    note('5', locateInFile(trailer, 1), message);
  }
  if (!sameNumber(element(trailer, 2), element(header, 6))) {
    const message = `The trailer has group control number ${quote(trailer, 2)}, the header ${quote(header, 6)}.`;
    note('4', locateInFile(trailer, 2), message);
  }
  return findings;
}

/** What is wrong with ST and SE, with the codes of AK502. */
export function checkSet(set: TransactionSet, group: FunctionalGroup): Finding[] {
  const { header, trailer, segments } = set;
  const findings: Finding[] = [];
  if (!group.header) {
    const message = 'The transaction set stands outside any functional group, so that it cannot be answered.';
    findings.push(finding('INTAKE_OUTSIDE_GROUP', locate(set, header), message));
  }
  if (!trailer) {
    const last = segments.at(-1) ?? header;
    const message = `The transaction set ${quote(header, 2)} breaks off after ${last.id}; its SE trailer is missing.`;
    return [
      ...findings,
      finding('INTAKE_TRUNCATED', locate(set, last), message, { level: 'transaction', code: '2' }),
    ];
  }
  if (!sameNumber(element(trailer, 2), element(header, 2))) {
    const message = `The trailer has control number ${quote(trailer, 2)}, the header ${quote(header, 2)}: two sets may have run into one.`;
    const located = locateElement(set, trailer, 2);
    findings.push(finding('INTAKE_CONTROL_NUMBER', located, message, { level: 'transaction', code: '3' }));
  }
  if (!sameNumber(element(trailer, 1), String(segments.length))) {
    const message = `The trailer counts ${quote(trailer, 1)} segments; there are ${segments.length}.`;
    const located = locateElement(set, trailer, 1);
    findings.push(finding('INTAKE_SEGMENT_COUNT', located, message, { level: 'transaction', code: '4' }));
  }
  return findings;
}

function straySegments(strays: readonly Segment[]): Finding[] {
  const [first] = strays;
  if (!first) return [];
  const lines = strays.filter(({ id }) => id === 'PO1').length;
  const start = JSON.stringify(first.elements.join('*').slice(0, 60));
  const among = lines === 0 ? '' : `, ${lines} order lines (PO1) among them`;
  const message = `${strays.length} segments stand outside any transaction set${among}; the first is ${start}.`;
  return [finding('INTAKE_STRAY', locateInFile(first), message, { level: 'interchange', code: '022' })];
}

function quote(segment: Segment, position: number): string {
  return element(segment, position) || '(none)';
}
