import { assert } from '@orderloom/kernel';
import { isRejection, type Finding, type SyntaxError } from './finding.ts';
import type { FunctionalGroup, Interchange, TransactionSet } from './read-interchange.ts';
import { element, type Segment } from './segment.ts';

/** An interchange with everything that was found in it, ready to be answered. */
export interface JudgedInterchange {
  readonly interchange: Interchange;
  readonly findings: readonly Finding[];
  readonly groups: readonly JudgedGroup[];
}

export interface JudgedGroup {
  readonly group: FunctionalGroup;
  readonly findings: readonly Finding[];
  readonly sets: readonly JudgedSet[];
}

export interface JudgedSet {
  readonly set: TransactionSet;
  readonly findings: readonly Finding[];
  readonly accepted: boolean;
}

/**
 * The functional acknowledgement 997 (X12 transaction set 997, codes of X12.20) for every readable group, and
 * a TA1 for every interchange whose envelope is wrong or asks for one (ISA14). Null when nothing is to be
 * answered: an acknowledgement is never acknowledged.
 *
 * One interchange goes to each partner pair of the file; they share the control number, which has to be
 * unique within a pair only. A header that does not name both partners cannot be answered.
 */
export function acknowledge(
  judged: readonly JudgedInterchange[],
  { controlNumber, now }: { readonly controlNumber: number; readonly now: Date },
): string | null {
  assert(
    Number.isInteger(controlNumber) && controlNumber > 0 && controlNumber <= 999_999_999,
    'control number of 9 digits',
  );
  const addressed = judged.filter(
    ({ interchange: { header } }) => element(header, 6) !== '' && element(header, 8) !== '',
  );
  const pairs = Map.groupBy(addressed, ({ interchange: { header } }) =>
    [5, 6, 7, 8].map((at) => element(header, at)).join('*'),
  );
  const answers = [...pairs.values()].flatMap((pair) => answerPair(pair, controlNumber, now));
  return answers.length === 0 ? null : answers.map((segments) => write(segments)).join('');
}

type Line = readonly (string | number)[];

function answerPair(
  pair: readonly JudgedInterchange[],
  controlNumber: number,
  now: Date,
): (readonly Line[])[] {
  const [first] = pair;
  if (!first) return [];
  const interchangeAnswers = pair.filter(wantsTa1).map(ta1);
  const answerable = pair.flatMap(({ groups }) => groups).filter(({ group }) => isAnswerable(group));
  const applications = Map.groupBy(answerable, ({ group }) =>
    [2, 3, 8].map((at) => (group.header ? element(group.header, at) : '')).join('*'),
  );
  if (interchangeAnswers.length === 0 && applications.size === 0) return [];
  const groups = [...applications.values()].flatMap((judged) =>
    acknowledgementGroup(judged, controlNumber, now),
  );
  return [
    [
      isa(first.interchange.header, controlNumber, now),
      ...interchangeAnswers,
      ...groups,
      ['IEA', applications.size, pad(controlNumber, 9)],
    ],
  ];
}

function isAnswerable({ header }: FunctionalGroup): boolean {
  return header !== null && element(header, 1) !== 'FA';
}

// --- Envelope --------------------------------------------------------------------------------------------

/** The header of the answer: sender and receiver swapped, the version the other side uses. */
function isa(received: Segment, controlNumber: number, now: Date): Line {
  const version = /^00[2-9]\d\d$/.test(element(received, 12)) ? element(received, 12) : '00401';
  return [
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    ...[7, 8, 5, 6].map((at) =>
      clean(element(received, at))
        .slice(0, at % 2 ? 2 : 15)
        .padEnd(at % 2 ? 2 : 15),
    ),
    date(now).slice(2),
    time(now),
    version >= '00402' ? '^' : 'U',
    version,
    pad(controlNumber, 9),
    '0',
    element(received, 15) === 'T' ? 'T' : 'P',
    '>',
  ];
}

function wantsTa1({ interchange, findings }: JudgedInterchange): boolean {
  const { acknowledgements, groups, header } = interchange;
  // An interchange that brings nothing but answers is not answered, lest two machines thank each other for ever.
  if (acknowledgements.length > 0 && groups.length === 0) return false;
  return element(header, 14) === '1' || findings.some(({ syntax }) => syntax?.level === 'interchange');
}

/** A: accepted; E: accepted, errors noted; R: rejected. The note is the gravest finding's. */
function ta1({ interchange: { header }, findings }: JudgedInterchange): Line {
  const grave = findings.find(isRejection) ?? findings[0];
  const code = grave ? (isRejection(grave) ? 'R' : 'E') : 'A';
  const [controlNumber, on, at] = [element(header, 13), element(header, 9), element(header, 10)].map(clean);
  return [
    'TA1',
    (controlNumber ?? '').padStart(9, '0'),
    on ?? '',
    at ?? '',
    code,
    grave?.syntax?.code ?? '000',
  ];
}

// --- 997 -------------------------------------------------------------------------------------------------

function acknowledgementGroup(judged: readonly JudgedGroup[], controlNumber: number, now: Date): Line[] {
  const header = judged[0]?.group.header;
  if (!header) return [];
  const release = /^\d{6}/.exec(element(header, 8))?.[0] ?? '004010';
  const day = release < '004010' ? date(now).slice(2) : date(now);
  const parties = [element(header, 3), element(header, 2)].map((party) => clean(party) || 'UNKNOWN');
  return [
    ['GS', 'FA', ...parties, day, time(now), controlNumber, 'X', release],
    ...judged.flatMap((group, at) => transaction997(group, pad(at + 1, 4))),
    ['GE', judged.length, controlNumber],
  ];
}

function transaction997(judged: JudgedGroup, control: string): Line[] {
  const header = judged.group.header;
  const body: Line[] = [
    ['AK1', header ? clean(element(header, 1)) : '', header ? clean(element(header, 6)) : ''],
    ...judged.sets.flatMap(acknowledgeSet),
    ak9(judged),
  ];
  return [['ST', '997', control], ...body, ['SE', body.length + 2, control]];
}

function acknowledgeSet({ set, findings, accepted }: JudgedSet): Line[] {
  const syntax = findings.flatMap((found) => found.syntax ?? []);
  const codes = syntax.flatMap((error) => (error.level === 'transaction' ? [error.code] : []));
  const segments = segmentErrors(syntax);
  const errors = [...new Set(segments.length > 0 ? [...codes, '5'] : codes)].slice(0, 5);
  const verdict = accepted ? (errors.length > 0 ? 'E' : 'A') : 'R';
  return [
    ['AK2', clean(element(set.header, 1)), clean(element(set.header, 2))],
    ...segments,
    ['AK5', verdict, ...errors],
  ];
}

type Located = Extract<SyntaxError, { level: 'segment' | 'element' }>;

/** AK3 for each segment in error, in the order of the set, and its AK4s. */
function segmentErrors(syntax: readonly SyntaxError[]): Line[] {
  const located = syntax.filter(
    (error): error is Located => error.level === 'segment' || error.level === 'element',
  );
  const segments = Map.groupBy(located, ({ position, segmentId }) => `${position} ${segmentId}`);
  return [...segments.values()]
    .toSorted(([a], [b]) => (a?.position ?? 0) - (b?.position ?? 0))
    .flatMap((errors) => {
      const [{ segmentId, position, loop }] = errors as [Located, ...Located[]];
      const elements = errors.filter((error) => error.level === 'element');
      const own = errors.flatMap((error) => (error.level === 'segment' ? [error.code] : []));
      const codes = [...new Set(elements.length > 0 ? [...own, '8'] : own)].slice(0, 5);
      return [
        ['AK3', clean(segmentId).slice(0, 3), position, loop, ...codes],
        ...elements.map(({ element, reference, code, value }) => [
          'AK4',
          element,
          reference,
          code,
          clean(value).slice(0, 99),
        ]),
      ];
    });
}

/** A: all accepted; E: accepted, errors noted; P: in part; R: none accepted. Code 1: a kind of group we do not take in. */
function ak9({ group, findings, sets }: JudgedGroup): Line {
  const accepted = sets.filter((set) => set.accepted).length;
  const claimed = group.trailer ? element(group.trailer, 1) : '';
  const unsupported = accepted === 0 && group.header !== null && element(group.header, 1) !== 'PO';
  const noted = findings.flatMap(({ syntax }) => (syntax?.level === 'group' ? [syntax.code] : []));
  const codes = unsupported ? ['1', ...noted] : noted;
  const errors = codes.length > 0 || sets.some((set) => set.findings.some(({ syntax }) => syntax !== null));
  const verdict = accepted === 0 ? 'R' : accepted < sets.length ? 'P' : errors ? 'E' : 'A';
  return [
    'AK9',
    verdict,
    /^\d{1,6}$/.test(claimed) ? Number(claimed) : sets.length,
    sets.length,
    accepted,
    ...codes.slice(0, 5),
  ];
}

// --- Writing ---------------------------------------------------------------------------------------------

function write(segments: readonly Line[]): string {
  return segments.map((line) => `${trimEnd(line).join('*')}~\n`).join('');
}

/** Empty elements at the end of a segment are left out (X12.6). */
function trimEnd(line: Line): Line {
  return line.slice(0, line.findLastIndex((value) => value !== '') + 1);
}

/** A value of theirs inside a segment of ours: without our delimiters and control characters. */
function clean(value: string): string {
  return value.replaceAll(/[*~>^\p{Cc}]/gu, ' ').trim();
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

function date(now: Date): string {
  return now.toISOString().slice(0, 10).replaceAll('-', '');
}

function time(now: Date): string {
  return now.toISOString().slice(11, 16).replace(':', '');
}
