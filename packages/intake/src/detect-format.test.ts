import { expect, test } from 'vitest';
import { detectFormat } from './detect-format.ts';

test.each([
  ['', { kind: 'empty' }],
  [' \r\n\0', { kind: 'empty' }],
  ['ISA*00*', { kind: 'x12' }],
  ['\r\n  ISA|00|', { kind: 'x12' }],
  ['Content-Type: application/EDI-X12\r\n\r\nISA*00*', { kind: 'x12' }],
  ['ISABELLA orders two chairs', { kind: 'other', what: 'plain text' }],
  ['GS*PO*A*B', { kind: 'other', what: 'X12 without its ISA header' }],
  ["UNB+UNOA:1+A+B'UNH+1+ORDERS:D:96A:UN'", { kind: 'other', what: 'an EDIFACT ORDERS message' }],
  ["UNA:+.? 'UNB+UNOA:1", { kind: 'other', what: 'an EDIFACT interchange' }],
  [
    '<?xml version="1.0"?><!DOCTYPE cXML><cXML version="1">',
    { kind: 'other', what: 'an XML document of type cXML' },
  ],
  ['<ord:Order xmlns:ord="x">', { kind: 'other', what: 'an XML document of type Order' }],
  ['{"order": 1}', { kind: 'other', what: 'a JSON document' }],
  ['%PDF-1.7', { kind: 'other', what: 'a PDF file' }],
  ['PK\u0003\u0004', { kind: 'other', what: 'a ZIP archive or a spreadsheet' }],
  ['sku;quantity\nchair;4', { kind: 'other', what: 'plain text' }],
  ['\u0001\u0002\u0003\ufffd\ufffd', { kind: 'other', what: 'binary data' }],
])('%j', (text, format) => {
  expect(detectFormat(text)).toEqual(format);
});
