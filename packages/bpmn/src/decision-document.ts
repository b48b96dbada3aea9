// oxlint-disable-next-line typescript/triple-slash-reference -- packages that import this one must find the declaration
/// <reference path="./decision-moddle.d.ts" />
import { DmnModdle } from 'dmn-moddle';
import { fail, isOrderloomError } from '@orderloom/kernel';
import { textOf, type BpmnElement } from './bpmn-element.ts';
import { checkMarkup } from './check-markup.ts';

/** A parsed DMN element; its properties are those of the DMN 1.3 meta-model. */
export type DmnElement = BpmnElement;

const moddle = new DmnModdle();

/** The namespaces of DMN 1.1, 1.2, 1.4 and 1.5: what is read here means the same in all of them. */
const MODEL_11 = 'http://www.omg.org/spec/DMN/20151101/dmn.xsd';
const OTHER_VERSIONS =
  /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20211108|20230324)\/(MODEL|DMNDI)\//g;

function asVersion13(xml: string): string {
  const version13 = 'https://www.omg.org/spec/DMN/20191111/';
  return xml.replaceAll(MODEL_11, `${version13}MODEL/`).replace(OTHER_VERSIONS, `${version13}$1/`);
}

/**
 * Parses a DMN document and gives its definitions element.
 *
 * Throws DMN_UNSAFE (document type declaration), DMN_TOO_LARGE and DMN_UNREADABLE (not XML, not DMN, or an element
 * that does not belong there, with line and column).
 */
export async function readDecisionDocument(xml: string): Promise<DmnElement> {
  refuseMarkup(xml);
  const read = await moddle.fromXML(asVersion13(xml), 'dmn:Definitions').catch(unreadable);
  const [problem] = read.warnings;
  if (problem !== undefined) unreadable(problem);
  return read.rootElement as DmnElement;
}

function refuseMarkup(xml: string): void {
  try {
    checkMarkup(xml);
  } catch (error) {
    if (!isOrderloomError(error)) throw error;
    fail(error.code === 'BPMN_UNSAFE' ? 'DMN_UNSAFE' : 'DMN_TOO_LARGE', error.message, {
      fix:
        error.code === 'BPMN_UNSAFE'
          ? 'Remove the declaration; DMN files need none.'
          : 'Split the file into several, each with the decisions that belong together.',
    });
  }
}

/** The reader counts lines and columns from 0 and packs them into its message. */
function unreadable(problem: unknown): never {
  const message =
    typeof problem === 'object' && problem !== null && 'message' in problem ? problem.message : '';
  const place = /line: (\d+)\n\tcolumn: (\d+)\n\tnested error: ([\s\S]*)$/.exec(String(message));
  const field = place === null ? null : `line ${Number(place[1]) + 1}, column ${Number(place[2]) + 1}`;
  fail(
    'DMN_UNREADABLE',
    field === null
      ? 'The text is not a DMN document.'
      : `The document cannot be read as DMN at ${field}: ${(place?.[3] ?? '').trim()}.`,
    {
      ...(field === null ? {} : { field }),
      fix: 'Export the decisions as DMN 1.3 XML; boxed expressions of later versions are not read.',
      cause: problem,
    },
  );
}

/** How messages call an element: `decision "Review" (review)`. */
export function nameOf(element: DmnElement): string {
  const kind = element.$type
    .replace(/^dmn:/, '')
    .replace(/\B[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
  const name = textOf(element, 'name');
  const id = element.id === undefined ? '' : ` (${element.id})`;
  return `${kind}${name === null ? '' : ` ${JSON.stringify(name)}`}${id}`;
}
