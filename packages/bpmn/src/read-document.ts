// oxlint-disable-next-line typescript/triple-slash-reference -- packages that import this one must find the types too
/// <reference path="./bpmn-moddle.d.ts" />
import { BpmnModdle, type ReadWarning } from 'bpmn-moddle';
import { fail } from '@orderloom/kernel';
import type { BpmnElement } from './bpmn-element.ts';
import { checkMarkup, tooLarge } from './check-markup.ts';
import { ORDERLOOM_DESCRIPTOR } from './extension.ts';
import type { Finding } from './finding.ts';

const MAX_ELEMENTS = 5_000;

export interface BpmnDocument {
  /** The bpmn:definitions element. */
  readonly definitions: BpmnElement;
  /** What the reader had to leave out: unknown elements and attributes, references to nothing. */
  readonly findings: readonly Finding[];
}

const moddle = new BpmnModdle({ orderloom: ORDERLOOM_DESCRIPTOR });

/**
 * Parses a BPMN 2.0 XML document.
 *
 * Throws BPMN_TOO_LARGE, BPMN_UNSAFE, BPMN_UNREADABLE (with line and column, both from 1),
 * BPMN_NOT_BPMN and BPMN_DUPLICATE_ID.
 */
export async function readDocument(xml: string): Promise<BpmnDocument> {
  checkMarkup(xml);
  const read = await moddle.fromXML(xml).catch(refuse);
  const elements = Object.values(read.elementsById).filter((element) => !isDiagram(element as BpmnElement));
  if (elements.length > MAX_ELEMENTS) {
    tooLarge(`has ${elements.length} elements; ${MAX_ELEMENTS} are accepted`);
  }
  return {
    definitions: read.rootElement as BpmnElement,
    findings: read.warnings.map(findingOf),
  };
}

function isDiagram(element: BpmnElement | undefined): boolean {
  return element !== undefined && /^(?:bpmndi|di|dc):/.test(element.$type);
}

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const place = placeOf(message);
  if (place !== null && place.problem !== 'missing start tag') unreadable(place);
  if (message.startsWith('failed to parse document as')) {
    fail('BPMN_NOT_BPMN', 'The document is XML, but its root is not the definitions element of BPMN 2.0.', {
      fix: 'Export the process as BPMN 2.0 XML (namespace http://www.omg.org/spec/BPMN/20100524/MODEL).',
      cause: error,
    });
  }
  fail('BPMN_UNREADABLE', 'The text is not XML.', {
    fix: 'Choose a .bpmn file; it begins with <?xml or <bpmn:definitions.',
    cause: error,
  });
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** The reader counts from 0 and packs the place into its message. */
function placeOf(message: string): Place | null {
  const match = /line: (\d+)\n\tcolumn: (\d+)\n\tnested error: ([\s\S]*)$/.exec(message);
  if (match === null) return null;
  return { line: Number(match[1]) + 1, column: Number(match[2]) + 1, problem: (match[3] ?? '').trim() };
}

function unreadable({ line, column, problem }: Place): never {
  const field = `line ${line}, column ${column}`;
  fail('BPMN_UNREADABLE', `The document cannot be read at ${field}: ${problem}.`, {
    field,
    fix: 'Correct the XML there, or export the file again from the tool that wrote it.',
    details: { line, column },
  });
}

/** Of the reader's warnings, those about malformed XML are fatal; the rest say what it left out. */
function findingOf(warning: ReadWarning): Finding {
  const place = placeOf(warning.message);
  if (place !== null) return findingOfMarkup(place);
  const element = warning.element as BpmnElement | undefined;
  if (warning.message.startsWith('unresolved reference')) {
    return findingOfReference(element, warning.property?.replace(/^.*:/, '') ?? '', warning.value ?? '');
  }
  return leftAside(element?.id ?? null, warning.message);
}

/** References that only say once more what other elements say, or only matter to the drawing. */
const HARMLESS_REFERENCES = ['flowNodeRef', 'incoming', 'outgoing', 'processRef'];

function findingOfReference(element: BpmnElement | undefined, property: string, id: string): Finding {
  const from = element?.id ?? null;
  return {
    rule: 'unresolved-reference',
    severity: isDiagram(element) || HARMLESS_REFERENCES.includes(property) ? 'warning' : 'error',
    element: from,
    message: `${from ?? 'An element'} refers to ${JSON.stringify(id)} (${property}), which does not exist.`,
    fix: `Add an element with the id ${JSON.stringify(id)}, or correct the reference.`,
  };
}

function leftAside(element: string | null, what: string): Finding {
  return {
    rule: 'unknown-markup',
    severity: 'warning',
    element,
    message: `Something that BPMN 2.0 does not know was left aside: ${what}.`,
    fix: 'Remove it; what is your own belongs into extensionElements, in a namespace of its own.',
  };
}

function findingOfMarkup(place: Place): Finding {
  const { line, column, problem } = place;
  const at = `line ${line}, column ${column}`;
  const duplicate = /^duplicate ID <(.*)>$/.exec(problem)?.[1];
  if (duplicate !== undefined) {
    fail(
      'BPMN_DUPLICATE_ID',
      `The id ${JSON.stringify(duplicate)} is given to two elements, the second at ${at}.`,
      { field: duplicate, fix: 'Give one of them another id.', details: { line, column } },
    );
  }
  if (/^(?:unrecognized element <(?!bpmn:|orderloom:)|unexpected body text)/.test(problem)) {
    return leftAside(null, `${problem} (${at})`);
  }
  if (!/^(?:unknown type|unrecognized element|expected no sub nodes|illegal ID)/.test(problem)) {
    unreadable(place);
  }
  return {
    rule: 'unknown-element',
    severity: 'error',
    element: null,
    message: `The element at ${at} cannot be used: ${problem}.`,
    fix: 'Correct its name, its id or its place, or remove it.',
  };
}
