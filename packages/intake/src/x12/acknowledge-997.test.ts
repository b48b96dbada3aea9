import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../decode-text.ts';
import { bytesOf, type Envelope, interchangeOf, ORDER, spoil } from '../purchase-order.fixture.ts';
import { readDocument } from '../read-document.ts';
import { checkGroup, checkInterchange, checkSet } from './check-envelope.ts';
import { readInterchanges } from './read-interchange.ts';

const options = { controlNumber: 42, now: new Date('2026-03-02T09:05:00Z') };

function answer(bytes: Uint8Array, accepted = true): string | null {
  const reading = readDocument(bytes);
  return reading.acknowledge(
    reading.transactions.map(() => ({ accepted })),
    options,
  );
}

/** The segments of the answer between its envelopes. */
function answers(body: readonly string[], envelope: Envelope = {}, accepted = true): string[] {
  const segments = answer(bytesOf(interchangeOf(body, envelope)), accepted)?.split('~\n') ?? [];
  return segments.filter((segment) => /^(?:AK|TA1)/.test(segment));
}

test('a good order is accepted, in an interchange back to its sender', () => {
  expect(answer(bytesOf(interchangeOf()))).toBe(
    [
      'ISA*00*          *00*          *ZZ*ORDERLOOM      *ZZ*NORTHWIND01    *260302*0905*U*00401*000000042*0*P*>~',
      'GS*FA*ORDERLOOM*NORTHWIND01*20260302*0905*42*X*004010~',
      'ST*997*0001~',
      'AK1*PO*101~',
      'AK2*850*0001~',
      'AK5*A~',
      'AK9*A*1*1*1~',
      'SE*6*0001~',
      'GE*1*42~',
      'IEA*1*000000042~',
      '',
    ].join('\n'),
  );
});

describe('the 997 says what is wrong', () => {
  const first = ['AK1*PO*101', 'AK2*850*0001'];
  test.each<[string, string[], Envelope, string[]]>([
    [
      'a required segment missing',
      spoil({ BEG: null }),
      {},
      [...first, 'AK3*BEG*2**3', 'AK5*R*5', 'AK9*R*1*1*0'],
    ],
    [
      'a bad quantity',
      spoil({ 'PO1*2': 'PO1*2*ten*EA*59.50*PE*VN*A', CTT: 'CTT*2' }),
      {},
      [...first, 'AK3*PO1*11*PO1*8', 'AK4*2*330*6*ten', 'AK5*R*5', 'AK9*R*1*1*0'],
    ],
    [
      'a bad date, noted only',
      spoil({ DTM: 'DTM*002*20260231' }),
      {},
      [...first, 'AK3*DTM*4**8', 'AK4*2*373*8*20260231', 'AK5*E*5', 'AK9*E*1*1*1'],
    ],
    [
      'a segment that is none',
      [...ORDER, 'Nonsense*1'],
      {},
      [...first, 'AK3*Non*14*CTT*1', 'AK5*E*5', 'AK9*E*1*1*1'],
    ],
    ['a wrong segment count', [...ORDER], { SE: 'SE*9*0001' }, [...first, 'AK5*E*4', 'AK9*E*1*1*1']],
    ['a trailer of another set', [...ORDER], { SE: 'SE*14*0002' }, [...first, 'AK5*R*3', 'AK9*R*1*1*0']],
    ['no trailer', [...ORDER], { SE: null }, [...first, 'AK5*R*2', 'AK9*R*1*1*0']],
    ['wrong group trailer', [...ORDER], { GE: 'GE*3*9' }, [...first, 'AK5*A', 'AK9*E*3*1*1*5*4']],
    [
      'another transaction set',
      ['BAK*00*AD*1*20260302'],
      { ST: 'ST*855*0001', GS: 'GS*PR*A*B*20260302*0815*101*X*004010' },
      ['AK1*PR*101', 'AK2*855*0001', 'AK5*R*1', 'AK9*R*1*1*0*1'],
    ],
  ])('%s', (_case, body, envelope, expected) => {
    expect(answers(body, envelope)).toEqual(expected);
  });

  test('an order refused for its meaning is rejected without a syntax error', () => {
    expect(answers(ORDER, {}, false)).toEqual([...first, 'AK5*R', 'AK9*R*1*1*0']);
  });

  test('a group is accepted in part', () => {
    const [isa = '', gs = '', ...set] = interchangeOf(ORDER, { GE: null, IEA: null });
    const second = set.map((segment) => segment.replace('*0001', '*0002').replace('PO-7', 'PO-8'));
    const reading = readDocument(bytesOf([isa, gs, ...set, ...second, 'GE*2*101', 'IEA*1*101']));
    const text = reading.acknowledge([{ accepted: true }, { accepted: false }], options);
    expect(text).toContain('AK2*850*0001~\nAK5*A~\nAK2*850*0002~\nAK5*R~\nAK9*P*2*2*1~');
  });
});

describe('the TA1 speaks for the interchange', () => {
  const isa = interchangeOf()[0] ?? '';
  test.each<[string, Envelope, string[]]>([
    ['nothing wrong, nothing asked', {}, []],
    ['asked for', { ISA: isa.replace('*0*P*>', '*1*P*>') }, ['TA1*000000101*260302*0815*A*000']],
    ['another control number in IEA', { IEA: 'IEA*1*9' }, ['TA1*000000101*260302*0815*E*001']],
    ['no IEA', { IEA: null }, ['TA1*000000101*260302*0815*E*023']],
    ['no group', { GS: null, GE: null, IEA: 'IEA*1*101' }, ['TA1*000000101*260302*0815*R*024']],
  ])('%s', (_case, envelope, expected) => {
    expect(answers(ORDER, envelope).filter((segment) => segment.startsWith('TA1'))).toEqual(expected);
  });

  test('it does without a 997 where there is no group to answer', () => {
    const text = answer(bytesOf(interchangeOf(ORDER, { GS: null, GE: null })));
    expect(text).toMatch(/^ISA.*~\nTA1.*~\nIEA\*0\*000000042~\n$/);
  });
});

test('answers are not answered', () => {
  expect(answer(new TextEncoder().encode(answer(bytesOf(interchangeOf())) ?? ''))).toBeNull();
  expect(
    answer(new TextEncoder().encode(answer(bytesOf(interchangeOf(ORDER, { GS: null, GE: null }))) ?? '')),
  ).toBeNull();
});

test('one interchange goes to each partner pair', () => {
  const other = interchangeOf(ORDER, {
    ISA: interchangeOf()[0]?.replace('NORTHWIND01', 'SOUTHWIND02') ?? '',
  });
  const text = answer(bytesOf([...interchangeOf(), ...other, ...interchangeOf()])) ?? '';
  expect(text.match(/^ISA.*$/gm)).toHaveLength(2);
  expect(text.match(/^ST\*997\*\d+/gm)).toEqual(['ST*997*0001', 'ST*997*0002', 'ST*997*0001']);
});

test('whatever came in, the answer is a flawless interchange', () => {
  const good = interchangeOf();
  const spoiled = fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 5 })
    .map((changes) =>
      changes.reduce(
        (segments, [at, text]) => segments.with(at, `${segments[at]?.slice(0, 12)}${text}`),
        good,
      ),
    );
  fc.assert(
    fc.property(spoiled, fc.boolean(), (segments, accepted) => {
      const text = answer(bytesOf(segments), accepted);
      if (text === null) return;
      const { interchanges, strays } = readInterchanges(decodeText(new TextEncoder().encode(text)));
      const findings = interchanges.flatMap((interchange) => [
        ...checkInterchange(interchange),
        ...interchange.groups.flatMap((group) => [
          ...checkGroup(group),
          ...group.sets.flatMap((set) => checkSet(set, group)),
        ]),
      ]);
      expect([...findings, ...strays]).toEqual([]);
      expect(interchanges.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
