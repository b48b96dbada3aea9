import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../decode-text.ts';
import { bytesOf, interchangeOf, ORDER } from '../purchase-order.fixture.ts';
import { type Interchange, readInterchanges } from './read-interchange.ts';

const read = (bytes: Uint8Array) => readInterchanges(decodeText(bytes));
const encode = (text: string) => new TextEncoder().encode(text);
const segmentsOf = ({ groups }: Interchange) =>
  groups.flatMap(({ sets }) =>
    sets.flatMap(({ segments }) => segments.map(({ elements }) => elements.join('*'))),
  );

const good = interchangeOf();
const [isa = '', ...rest] = good;
const set = ['ST*850*0001', ...ORDER, `SE*${ORDER.length + 2}*0001`];
const plain = good.join('~');
const swap = (from: string, to: string, text: string) => text.replaceAll(from, to);

/** The same interchange as its senders' systems write it and mailboxes deliver it. */
const wire: Readonly<Record<string, Uint8Array>> = {
  'terminated by ~': encode(`${plain}~`),
  'without the last terminator': encode(plain),
  'a line break after each terminator': bytesOf(good, '~\r\n'),
  'terminated by line feeds': bytesOf(good, '\n'),
  'terminated by CR LF': bytesOf(good, '\r\n'),
  'terminated by !': bytesOf(good, '!'),
  'terminated by a windows-1252 ellipsis': Buffer.from(
    good.map((segment) => `${segment}\u0085`).join(''),
    'latin1',
  ),
  'a byte order mark': encode(`\ufeff${plain}~`),
  'UTF-16': Buffer.from(`\ufeff${plain}~`, 'utf16le'),
  'wrapped at 80 columns': encode((`${plain}~`.match(/.{1,80}/gs) ?? []).join('\r\n')),
  'padded with NUL and Ctrl-Z': encode(`\n ${plain}~\0\0\u001a`),
  'an ISA that is not padded': bytesOf([swap('    *', '*', isa).replaceAll(/ +\*/g, '*'), ...rest], '~'),
  'no ISA16, its separator there': encode([isa.slice(0, -1), ...rest].join('~')),
  'no ISA16, line breaks': encode([isa.slice(0, -1), ...rest, ''].join('~\n')),
  'no ISA16 and no separator': encode([isa.slice(0, -2), ...rest].join('~\r\n')),
  'elements separated by |': encode(swap('*', '|', plain)),
  'elements separated by a control character': encode(swap('*', '\u001d', plain)),
};

describe('one interchange, however it is written', () => {
  test.each(Object.entries(wire))('%s', (_case, bytes) => {
    const { interchanges, strays } = read(bytes);
    expect(strays).toEqual([]);
    expect(interchanges.map(segmentsOf)).toEqual([set]);
    expect(interchanges[0]?.trailer?.elements.join('*')).toBe('IEA*1*000000101');
  });

  test('line breaks inside the ISA header are the mailbox’s', () => {
    const [interchange] = read(wire['wrapped at 80 columns'] ?? new Uint8Array()).interchanges;
    expect(interchange?.header.elements.slice(9)).toEqual([
      '260302',
      '0815',
      'U',
      '00401',
      '000000101',
      '0',
      'P',
      '>',
    ]);
  });
});

describe('delimiters are the header’s own', () => {
  test.each([
    ['U', '00401', null],
    ['U', '00501', null],
    ['^', '00401', null],
    ['^', '00501', '^'],
  ])('ISA11 %s in version %s', (isa11, version, repetition) => {
    const header = isa.replace('*U*00401*', `*${isa11}*${version}*`);
    expect(read(bytesOf([header, ...rest])).interchanges[0]?.delimiters).toEqual({
      element: '*',
      segment: '~',
      component: '>',
      repetition,
    });
  });
});

describe('what one file can hold', () => {
  test('several interchanges, each with delimiters of its own', () => {
    const file = `${plain}~\r\n${swap('*', '|', good.join('\n'))}\n`;
    expect(read(encode(file)).interchanges.map(segmentsOf)).toEqual([set, set]);
  });

  test('an interchange without IEA ends where the next begins', () => {
    const { interchanges } = read(encode(`${good.slice(0, -1).join('~')}~${plain}~`));
    expect(interchanges.map(({ trailer }) => trailer?.id ?? null)).toEqual([null, 'IEA']);
    expect(interchanges.map(segmentsOf)).toEqual([set, set]);
  });

  test('text around interchanges is told, with the byte it starts at', () => {
    const { interchanges, strays } = read(encode(`Subject: 订单\n${plain}~ the end`));
    expect(interchanges.map(segmentsOf)).toEqual([set]);
    expect(strays).toEqual([
      { byte: 0, text: 'Subject: 订单\n' },
      { byte: 16 + plain.length + 2, text: 'the end' },
    ]);
  });

  test('a set without SE, a group without GE and a lost ST', () => {
    const gs = 'GS*PO*A*B*20260302*0815*1*X*004010';
    const file = [
      isa,
      gs,
      'ST*850*1',
      'BEG*00',
      'ST*850*2',
      'BEG*00',
      'SE*3*2',
      'BEG*00',
      gs,
      'ST*850*3',
      'GE*1*1',
    ];
    const [interchange] = read(bytesOf(file)).interchanges;
    expect(
      interchange?.groups.map(({ sets }) => sets.map(({ trailer }) => trailer?.elements[2] ?? null)),
    ).toEqual([[null, '2'], [null]]);
    expect(interchange?.strays.map(({ number }) => number)).toEqual([8]);
  });
});

test('positions are those of the file, byte for byte', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'Z', '9', ' ', 'é', '椅', '🪑'), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { maxLength: 4 }), { maxLength: 8 }),
      fc.constantFrom('~', '~\r\n', '\n'),
      (rows, end) => {
        const body = rows.map((row, at) => ['MSG', String(at), ...row].join('*'));
        const bytes = bytesOf(interchangeOf(body), end);
        const [interchange] = read(bytes).interchanges;
        const segments = interchange?.groups[0]?.sets[0]?.segments ?? [];
        expect(segments.map(({ elements }) => elements.join('*')).slice(1, -1)).toEqual(body);
        for (const segment of segments) {
          const there = new TextDecoder().decode(bytes.subarray(segment.byte));
          expect(there.startsWith(segment.elements.join('*'))).toBe(true);
        }
        expect(segments.map(({ number }) => number)).toEqual(segments.map((_, at) => at + 3));
      },
    ),
  );
});

test.each([
  ['a header that breaks off', isa.slice(0, 60)],
  ['a header with too few elements', [isa.replace('*0*P*>', '*P*>'), ...rest].join('~')],
  ['a header that ends with its own separator', `${isa.slice(0, -1)}**`],
  ['headers within headers', 'ISA*'.repeat(40)],
  ['a header that never ends', `ISA*${'x'.repeat(5000)}`],
])('%s is no interchange', (_case, text) => {
  const { interchanges, strays } = read(encode(text));
  expect(interchanges).toEqual([]);
  expect(strays).toHaveLength(1);
});
