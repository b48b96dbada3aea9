import { isOrderloomError } from '@orderloom/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

const document = (content: string, attributes = '') =>
  `<?xml version="1.0"?>\n<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:o="urn:other" ${attributes}>\n${content}\n</definitions>`;

const nested = (depth: number) => '<o:a>'.repeat(depth) + '</o:a>'.repeat(depth);
const inExtension = (content: string) =>
  `<process id="p"><extensionElements>${content}</extensionElements></process>`;
const tasks = (count: number) => Array.from({ length: count }, (_, n) => `<task id="t${n}"/>`).join('');

test.for([
  { what: 'no text', xml: '', code: 'BPMN_UNREADABLE' },
  { what: 'no XML', xml: 'ISA*00*', code: 'BPMN_UNREADABLE' },
  {
    what: 'a tag that is not closed',
    xml: document('<process id="p">'),
    code: 'BPMN_UNREADABLE',
    field: 'line 4, column 1',
  },
  {
    what: 'an attribute without quotes',
    xml: document('<process id=p/>'),
    code: 'BPMN_UNREADABLE',
    field: 'line 3, column 1',
  },
  { what: 'another kind of XML', xml: '<html xmlns="http://www.w3.org/1999/xhtml"/>', code: 'BPMN_NOT_BPMN' },
  { what: 'BPMN without its namespace', xml: '<definitions/>', code: 'BPMN_NOT_BPMN' },
  {
    what: 'a document type',
    xml: `<!DOCTYPE a [<!ENTITY b "c">]>${document('&b;')}`,
    code: 'BPMN_UNSAFE',
  },
  { what: 'a document type inside', xml: document('<!DOCTYPE a>'), code: 'BPMN_UNSAFE' },
  {
    what: 'the same id twice',
    xml: document('<process id="p"><task id="p"/></process>'),
    code: 'BPMN_DUPLICATE_ID',
    field: 'p',
  },
  { what: 'too deep a nesting', xml: document(nested(32)), code: 'BPMN_TOO_LARGE' },
  { what: 'too long a text', xml: document(`<!--${' '.repeat(2 * 1024 * 1024)}-->`), code: 'BPMN_TOO_LARGE' },
  {
    what: 'too many elements',
    xml: document(`<process id="p">${tasks(5000)}</process>`),
    code: 'BPMN_TOO_LARGE',
  },
  { what: 'too many tags', xml: document('<o:a/>'.repeat(100_000)), code: 'BPMN_TOO_LARGE' },
])('$what is refused with $code', async ({ xml, code, field }) => {
  await expect(readDocument(xml)).rejects.toMatchObject({
    code,
    fix: expect.any(String),
    ...(field && { field }),
  });
});

test.for([
  { what: 'nesting up to the limit', xml: document(inExtension(nested(29))) },
  { what: 'elements up to the limit', xml: document(`<process id="p">${tasks(4999)}</process>`) },
  { what: 'a byte order mark', xml: `\uFEFF${document('')}` },
  { what: 'what looks like a tag in a comment', xml: document(`<!-- ${'<a>'.repeat(50)} <!DOCTYPE -->`) },
  {
    what: 'what looks like a tag in character data',
    xml: document(inExtension(`<o:a><![CDATA[${'<a>'.repeat(50)}]]></o:a>`)),
  },
  {
    what: 'what looks like a tag in an attribute',
    xml: document(inExtension(`<o:a b="${'>'.repeat(50)}"/>`)),
  },
])('$what is accepted', async ({ xml }) => {
  expect((await readDocument(xml)).findings).toEqual([]);
});

describe('what is left out is said', () => {
  test.for([
    { xml: '<task id="t"/>', rule: 'unknown-element', severity: 'error' },
    { xml: '<process id="p "/>', rule: 'unknown-element', severity: 'error' },
    { xml: '<o:note/>', rule: 'unknown-markup', severity: 'warning' },
    { xml: '<process id="p">lost words</process>', rule: 'unknown-markup', severity: 'warning' },
    { xml: '<process id="p"><tusk id="t"/></process>', rule: 'unknown-element', severity: 'error' },
    {
      xml: '<process id="p"><task id="t" colour="red"/></process>',
      rule: 'unknown-markup',
      severity: 'warning',
    },
    {
      xml: '<process id="p"><sequenceFlow id="f" sourceRef="p" targetRef="q"/></process>',
      rule: 'unresolved-reference',
      severity: 'error',
    },
    {
      xml: '<process id="p"><laneSet id="l"><lane id="m"><flowNodeRef>gone</flowNodeRef></lane></laneSet></process>',
      rule: 'unresolved-reference',
      severity: 'warning',
    },
  ])('$rule: $xml', async ({ xml, rule, severity }) => {
    expect((await readDocument(document(xml))).findings).toMatchObject([{ rule, severity }]);
  });
});

test('whatever the text, it is read or refused with a reason', async () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '"',
    "'",
    '<!',
    '<!--',
    '<?',
    '<![CDATA[',
    'a',
    ' id="x"',
    '&',
    '\n',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.boolean(), async (pieces, framed) => {
      const text = pieces.join('');
      try {
        await readDocument(framed ? document(text) : text);
      } catch (error) {
        expect(isOrderloomError(error)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
