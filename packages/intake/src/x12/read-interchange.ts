import type { DecodedText } from '../decode-text.ts';
import { element, type Segment } from './segment.ts';

/** What separates the parts of an interchange; each sender chooses, and its ISA header tells. */
export interface Delimiters {
  readonly element: string;
  readonly segment: string;
  /** Null when the header leaves ISA16 out. */
  readonly component: string | null;
  /** From version 00402 on (X12.5); before, ISA11 held a code that separates nothing. */
  readonly repetition: string | null;
}

export interface TransactionSet {
  readonly header: Segment;
  /** From ST to SE; without SE, to the last segment before the next set or the end. */
  readonly segments: readonly Segment[];
  readonly trailer: Segment | null;
}

export interface FunctionalGroup {
  /** Null for transaction sets that stand outside any group. */
  readonly header: Segment | null;
  readonly sets: readonly TransactionSet[];
  readonly trailer: Segment | null;
}

export interface Interchange {
  readonly header: Segment;
  readonly delimiters: Delimiters;
  /** TA1: the other side's answers to interchanges of ours. */
  readonly acknowledgements: readonly Segment[];
  readonly groups: readonly FunctionalGroup[];
  readonly trailer: Segment | null;
  /** Segments between the sets: their ST, or the whole set around them, was lost. */
  readonly strays: readonly Segment[];
}

/** Text between interchanges that is none. */
export interface StrayText {
  readonly byte: number;
  readonly text: string;
}

export interface X12Reading {
  readonly interchanges: readonly Interchange[];
  readonly strays: readonly StrayText[];
}

/**
 * The interchanges of a file, one after the other, each with its own delimiters (X12.5). Takes what real
 * mailboxes deliver: headers that are not padded or lack ISA16, line breaks after or as the terminator,
 * lines wrapped at 80 columns, trailers that are missing. Judges nothing; `check-envelope` does.
 */
export function readInterchanges({ text, start, byteLength }: DecodedText): X12Reading {
  const interchanges: Interchange[] = [];
  const strays: StrayText[] = [];
  let at = 0;
  let byte = start;
  let number = 0;
  const moveTo = (index: number) => {
    byte += byteLength(text.slice(at, index));
    at = index;
  };

  while (at < text.length) {
    moveTo(skipBlank(text, at));
    if (at === text.length) break;
    const header = readHeader(text, at);
    if (!header) {
      let next = findHeader(text, at + 1);
      while (next < text.length && !readHeader(text, next)) next = findHeader(text, next + 1);
      strays.push({ byte, text: text.slice(at, next) });
      moveTo(next);
      continue;
    }
    const segments: Segment[] = [{ id: 'ISA', elements: header.elements, number: ++number, byte }];
    moveTo(header.end);
    while (segments.at(-1)?.id !== 'IEA') {
      moveTo(skipBlank(text, at));
      if (at === text.length || startsHeader(text, at)) break;
      const terminator = text.indexOf(header.delimiters.segment, at);
      const end = terminator === -1 ? text.length : terminator;
      segments.push({ ...readSegment(text.slice(at, end), header.delimiters), number: ++number, byte });
      moveTo(Math.min(end + header.delimiters.segment.length, text.length));
    }
    interchanges.push(nest(segments, header.delimiters));
  }
  return { interchanges, strays };
}

interface Header {
  readonly elements: readonly string[];
  readonly delimiters: Delimiters;
  readonly end: number;
}

/**
 * The ISA header at an index. Its 106 characters are fixed on paper only, so the 16 separators are counted;
 * the character after the last is ISA16, the component separator, and the next the segment terminator.
 */
function readHeader(text: string, start: number): Header | null {
  if (!startsHeader(text, start)) return null;
  const separator = text.charAt(start + 3);
  const elements = ['ISA'];
  let at = start + 3;
  while (elements.length < 16) {
    const next = text.indexOf(separator, at + 1);
    if (next === -1 || next - at > 40) return null;
    elements.push(text.slice(at + 1, next));
    at = next;
  }

  // ISA16 and its separator left out: ISA15 runs into the segment that follows.
  const cut = /^\s*(\w)(\W)\s*(?:GS|TA1|IEA)$/.exec(elements[15] ?? '');
  if (cut) {
    const [, indicator = '', terminator = ''] = cut;
    const end = at - (elements[15] ?? '').length + (elements[15] ?? '').indexOf(terminator) + 1;
    return header([...elements.slice(0, 15), indicator], separator, null, terminator, end);
  }

  const component = text.charAt(at + 1);
  if (lacksComponent(text, at + 1, separator)) return header(elements, separator, null, component, at + 2);
  const end = at + 2 + (/^ */.exec(text.slice(at + 2, at + 20))?.[0].length ?? 0);
  const terminator = text.charAt(end);
  if (terminator === '' || terminator === separator || /[A-Za-z0-9]/.test(terminator)) return null;
  return header([...elements, component], separator, component, terminator, end + 1);
}

/** Whether the one character in ISA16's place is the terminator already: the next segments end with it too. */
function lacksComponent(text: string, at: number, separator: string): boolean {
  const candidate = text.charAt(at);
  const [, blank = '', , after] = /^(\s*)(GS|TA1|IEA)(.)/.exec(text.slice(at + 1, at + 9)) ?? [];
  if (after !== separator) return false;
  if (blank === '') return true;
  const line = text.slice(at + 1 + blank.length, at + 200).split(/[\r\n]/, 1)[0];
  return line?.endsWith(candidate) ?? false;
}

function header(
  elements: readonly string[],
  separator: string,
  component: string | null,
  segment: string,
  end: number,
): Header {
  const clean = elements.map((value) => value.replaceAll(/[\r\n]/g, ''));
  const repetition = repetitionSeparator(clean[11] ?? '', clean[12] ?? '');
  return { elements: clean, delimiters: { element: separator, component, repetition, segment }, end };
}

function repetitionSeparator(isa11: string, version: string): string | null {
  return version.trim() >= '00402' && /^[^A-Za-z0-9\s]$/.test(isa11) ? isa11 : null;
}

function readSegment(raw: string, { element, segment }: Delimiters): Pick<Segment, 'id' | 'elements'> {
  // Line breaks inside a segment are a mailbox's, not the sender's, unless they are the terminator.
  const line = /[\r\n]/.test(segment) ? raw.replace(/\r$/, '') : raw.replaceAll(/[\r\n]/g, '');
  const elements = line.split(element);
  return { id: elements[0]?.trim() ?? '', elements };
}

function startsHeader(text: string, at: number): boolean {
  return /^ISA[^A-Za-z0-9\s]$/.test(text.slice(at, at + 4));
}

function findHeader(text: string, from: number): number {
  const found = text.slice(from).search(/ISA[^A-Za-z0-9\s]/);
  return found === -1 ? text.length : from + found;
}

/** NUL and Ctrl-Z: what old systems fill their last block with. */
const FILLERS = '\0\u001a';

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && (/\s/.test(text.charAt(at)) || FILLERS.includes(text.charAt(at)))) at += 1;
  return at;
}

type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Puts the flat segments into groups and sets. A header closes whatever was left open before it. */
function nest(segments: readonly Segment[], delimiters: Delimiters): Interchange {
  const [isa, ...rest] = segments as [Segment, ...Segment[]];
  const acknowledgements: Segment[] = [];
  const strays: Segment[] = [];
  const groups: Open<FunctionalGroup>[] = [];
  let trailer: Segment | null = null;
  let group: Open<FunctionalGroup> | null = null;
  let set: Open<TransactionSet> | null = null;

  for (const segment of rest) {
    if (segment.id === 'GS') {
      set = null;
      group = { header: segment, sets: [], trailer: null };
      groups.push(group);
    } else if (segment.id === 'ST') {
      if (!group) groups.push((group = { header: null, sets: [], trailer: null }));
      set = { header: segment, segments: [segment], trailer: null };
      group.sets.push(set);
    } else if (segment.id === 'GE' && group) {
      group.trailer = segment;
      group = set = null;
    } else if (segment.id === 'IEA') {
      trailer = segment;
    } else if (set) {
      set.segments.push(segment);
      if (segment.id !== 'SE') continue;
      set.trailer = segment;
      set = null;
    } else if (segment.id === 'TA1') {
      acknowledgements.push(segment);
    } else {
      strays.push(segment);
    }
  }
  return { header: isa, delimiters, acknowledgements, groups, trailer, strays };
}

/** The sender or receiver of an interchange as `X12:` and its ISA qualifier. */
export function interchangeParty(
  isa: Segment,
  role: 'sender' | 'receiver',
): { scheme: string; value: string } {
  const at = role === 'sender' ? 5 : 7;
  return { scheme: `X12:${element(isa, at)}`, value: element(isa, at + 1) };
}
