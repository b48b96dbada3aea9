/** What a document is, as far as its first characters tell. */
export type DetectedFormat =
  | { readonly kind: 'empty' }
  | { readonly kind: 'x12' }
  /** Not something we take in; `what` completes the sentence "This is …". */
  | { readonly kind: 'other'; readonly what: string };

/** An ISA header, also behind the headers a mail gateway left in front of it. */
const INTERCHANGE_HEADER = /(?:^|[\r\n])\s*ISA[^A-Za-z0-9\s]/;

const BARE_X12 = /^(?:GS|ST)([^A-Za-z0-9\s])[A-Z0-9]{2,3}\1/;

const XML_ROOT = /<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]/;

export function detectFormat(text: string): DetectedFormat {
  const head = text.slice(0, 4096).replace(/^[\s\0]+/, '');
  if (head === '') return { kind: 'empty' };
  if (INTERCHANGE_HEADER.test(head)) return { kind: 'x12' };
  return { kind: 'other', what: describe(head) };
}

function describe(head: string): string {
  if (BARE_X12.test(head)) return 'X12 without its ISA header';
  if (/^UN[AB][^A-Za-z\s]/.test(head)) {
    const message = /UNH\W[^+]*\+([A-Z]{6})/.exec(head)?.[1];
    return message ? `an EDIFACT ${message} message` : 'an EDIFACT interchange';
  }
  if (head.startsWith('%PDF-')) return 'a PDF file';
  if (head.startsWith('PK\u0003\u0004')) return 'a ZIP archive or a spreadsheet';
  if (head.startsWith('<')) {
    const root = XML_ROOT.exec(head)?.[1];
    return root ? `an XML document of type ${root}` : 'an XML document';
  }
  if (/^[[{]/.test(head)) return 'a JSON document';
  return isReadable(head) ? 'plain text' : 'binary data';
}

/** Text has next to no control characters and no bytes that could not be decoded. */
function isReadable(head: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is counted
  const unreadable = head.match(/[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd]/g)?.length ?? 0;
  return unreadable / head.length < 0.05;
}
