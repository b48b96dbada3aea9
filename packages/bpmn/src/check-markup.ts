import { fail } from '@orderloom/kernel';

const MAX_DOCUMENT_LENGTH = 2 * 1024 * 1024;
const MAX_DOCUMENT_DEPTH = 32;
const MAX_TAGS = 100_000;

/**
 * Refuses an XML text that is unsafe or too large to parse, in one pass over its tags: BPMN_UNSAFE for a
 * document type declaration (and with it every entity trick), BPMN_TOO_LARGE beyond the limits. Whether
 * the text is well-formed is for the parser to say.
 */
export function checkMarkup(xml: string): void {
  if (xml.length > MAX_DOCUMENT_LENGTH) {
    tooLarge(`has ${xml.length} characters; ${MAX_DOCUMENT_LENGTH} are accepted`);
  }
  let depth = 0;
  let tags = 0;
  let at = xml.indexOf('<');
  while (at >= 0) {
    let end: number;
    if (xml.startsWith('<!--', at)) end = endOf(xml, '-->', at + 4);
    else if (xml.startsWith('<![CDATA[', at)) end = endOf(xml, ']]>', at + 9);
    else if (xml.startsWith('<?', at)) end = endOf(xml, '?>', at + 2);
    else if (xml.startsWith('<!', at)) unsafe();
    else if (xml.startsWith('</', at)) {
      depth -= 1;
      end = endOf(xml, '>', at);
    } else {
      end = endOfTag(xml, at);
      if (xml[end - 2] !== '/') depth += 1;
      tags += 1;
    }
    if (depth > MAX_DOCUMENT_DEPTH) tooLarge(`is nested deeper than ${MAX_DOCUMENT_DEPTH} levels`);
    if (tags > MAX_TAGS) tooLarge(`has more than ${MAX_TAGS} XML elements`);
    at = xml.indexOf('<', end);
  }
}

function endOf(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  return at < 0 ? xml.length : at + mark.length;
}

/** A `>` inside a quoted attribute value does not end the tag. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at += 1) {
    const character = xml.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return xml.length;
}

function unsafe(): never {
  fail('BPMN_UNSAFE', 'The document contains a document type declaration (<!DOCTYPE ...>).', {
    fix: 'Remove the declaration; BPMN and DMN files need none.',
  });
}

export function tooLarge(what: string): never {
  fail('BPMN_TOO_LARGE', `The document ${what}.`, {
    fix: 'Split the model, for example by moving a part into a process of its own that is called.',
  });
}
