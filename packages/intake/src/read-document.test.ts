import { Decimal, minorUnits } from '@orderloom/kernel';
import type { IntakeProblem } from '@orderloom/orders';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, type Envelope, interchangeOf, ORDER, spoil } from './purchase-order.fixture.ts';
import { readDocument } from './read-document.ts';

const readOrder = (body: readonly string[], envelope: Envelope = {}) => {
  const reading = readDocument(bytesOf(interchangeOf(body, envelope)));
  const [transaction] = reading.transactions;
  return {
    draft: transaction?.draft ?? null,
    problems: [...reading.problems, ...(transaction?.problems ?? [])],
  };
};

describe('a good 850 becomes an order draft', () => {
  test('with everything it says', () => {
    const reading = readDocument(bytesOf(interchangeOf()));
    expect(reading).toMatchObject({
      format: 'x12-850',
      sender: { scheme: 'X12:ZZ', value: 'NORTHWIND01' },
      problems: [],
    });
    expect(reading.transactions).toEqual([
      {
        control: { interchange: '000000101', group: '101', transaction: '0001' },
        problems: [],
        draft: {
          source: 'x12',
          sender: { scheme: 'X12:ZZ', value: 'NORTHWIND01' },
          receiver: { scheme: 'X12:ZZ', value: 'ORDERLOOM' },
          externalId: 'PO-7',
          purposeCode: '00',
          poNumber: 'PO-7',
          orderedOn: '2026-03-02',
          currency: 'USD',
          buyer: { scheme: 'GLN', value: '0614141000005', name: 'Northwind Outfitters' },
          shipTo: {
            name: 'Northwind Portland',
            lines: ['1420 Harbor Way'],
            city: 'Portland',
            region: 'OR',
            postalCode: '97205',
            country: 'US',
            raw: 'N1*ST*Northwind Portland*UL*0614141000012\nN3*1420 Harbor Way\nN4*Portland*OR*97205*US',
          },
          shipToReference: { scheme: 'GLN', value: '0614141000012', name: 'Northwind Portland' },
          requestedDeliveryOn: '2026-03-12',
          notes: [],
          lines: [
            {
              sequence: 1,
              items: [{ scheme: 'SUPPLIER', qualifier: 'VN', value: 'LOOM-CHAIR-OAK' }],
              description: 'Oak chair',
              quantity: new Decimal(4),
              unit: 'EA',
              unitPrice: new Decimal(129),
              located: 'PO1*1 (segment 9)',
            },
            {
              sequence: 2,
              items: [
                { scheme: 'SUPPLIER', qualifier: 'VN', value: 'LOOM-LAMP-BRASS' },
                { scheme: 'GTIN', qualifier: 'UP', value: '614141000036' },
              ],
              quantity: new Decimal(10),
              unit: 'EA',
              unitPrice: new Decimal('59.5'),
              located: 'PO1*2 (segment 11)',
            },
          ],
          statedTotal: minorUnits('1111.00', 'USD'),
          statedLineCount: 2,
        },
      },
    ]);
  });

  test('US dollars and the United States where it does not say', () => {
    const { draft, problems } = readOrder(spoil({ CUR: null, N4: 'N4*Portland*OR*97205' }));
    expect(problems).toEqual([]);
    expect(draft).toMatchObject({ currency: 'USD', shipTo: { country: 'US' } });
  });

  test('with what people wrote, and limits that are no field of an order, as notes', () => {
    const { draft } = readOrder([
      ...ORDER.slice(0, 7),
      'DTM*038*20260310',
      'N9*L1*NOTE*By the side door.',
      'MSG*送货前请电话联系',
      'PO1*1*1*EA*5*PE*VN*A',
      'PKG*F*68***On pallets',
    ]);
    expect(draft?.notes).toEqual([
      'Ship no later than: 2026-03-10',
      'By the side door.',
      '送货前请电话联系',
      'Line 1: Packaging: On pallets',
    ]);
  });

  test('a release of a blanket order is an order of its own', () => {
    const { draft } = readOrder(spoil({ BEG: 'BEG*00*RL*PO-7*3*20260302' }));
    expect(draft).toMatchObject({ poNumber: 'PO-7', externalId: 'PO-7/3' });
  });

  test.each([
    ['1290', 'HP', '12.9'],
    ['129', 'PD', '10.75'],
    ['5', 'NC', '0'],
    ['5', '', '5'],
  ])('a price of %s on basis %s is %s a unit', (price, basis, unitPrice) => {
    const { draft, problems } = readOrder(spoil({ 'PO1*1': `PO1*1*4*EA*${price}*${basis}*VN*A`, AMT: null }));
    expect(problems).toEqual([]);
    expect(draft?.lines[0]?.unitPrice?.toString()).toBe(unitPrice);
  });

  test.each([
    ['no price', 'PO1*1*4*EA***VN*A'],
    ['a price still to be agreed', 'PO1*1*4*EA*5*TB*VN*A'],
  ])('%s is no price', (_case, po1) => {
    expect(readOrder(spoil({ 'PO1*1': po1 })).draft?.lines[0]?.unitPrice).toBeNull();
  });

  test.each([
    ['every line has one of its own', ['PO1*10*1*EA', 'PO1*20*1*EA'], [10, 20]],
    ['a line has none', ['PO1*10*1*EA', 'PO1**1*EA'], [1, 2]],
    ['they are words', ['PO1*A*1*EA', 'PO1*B*1*EA'], [1, 2]],
  ])('line numbers are the buyer’s when %s', (_case, lines, sequences) => {
    const { draft } = readOrder([...ORDER.slice(0, 7), ...lines]);
    expect(draft?.lines.map(({ sequence }) => sequence)).toEqual(sequences);
  });
});

/** What a person reads first; that the bytes are right is a property of the reader, tested there. */
const told = (problems: readonly IntakeProblem[]) =>
  problems.map(({ severity, code, located }) => ({
    problem: `${severity} ${code}`,
    located: located.replace(/, byte \d+/, ''),
  }));

describe('what is wrong with an order is told where it stands', () => {
  test.each<[string, string[], string, string]>([
    ['no BEG', spoil({ BEG: null }), 'rejection INTAKE_SEGMENT_MISSING', 'segment 2'],
    [
      'no PO number',
      spoil({ BEG: 'BEG*00*SA***20260302' }),
      'rejection INTAKE_ELEMENT_ESSENTIAL',
      'BEG03 (segment 2)',
    ],
    [
      'two orders in one set',
      [...ORDER, 'BEG*00*SA*PO-8**20260302'],
      'rejection INTAKE_SEGMENT_REPEATED',
      'BEG (segment 14)',
    ],
    [
      'a bad date',
      spoil({ BEG: 'BEG*00*SA*PO-7**20260230' }),
      'exception INTAKE_ELEMENT',
      'BEG05 (segment 2)',
    ],
    ['a change', spoil({ BEG: 'BEG*04*SA*PO-7**20260302' }), 'rejection INTAKE_PURPOSE', 'BEG01 (segment 2)'],
    [
      'a confirmation',
      spoil({ BEG: 'BEG*06*SA*PO-7**20260302' }),
      'exception INTAKE_CONFIRMATION',
      'BEG01 (segment 2)',
    ],
    [
      'no lines',
      spoil({ PO1: null, PID: null, CTT: 'CTT*0' }),
      'rejection INTAKE_SEGMENT_MISSING',
      'segment 9',
    ],
    [
      'a currency that is none',
      spoil({ CUR: 'CUR*BY*XQX' }),
      'rejection INTAKE_CURRENCY',
      'CUR02 (segment 3)',
    ],
    [
      'a quantity in words',
      spoil({ 'PO1*2': 'PO1*2*ten*EA*1*PE*VN*A', CTT: 'CTT*2' }),
      'rejection INTAKE_ELEMENT_ESSENTIAL',
      'PO102 of PO1*2 (segment 11)',
    ],
    [
      'no quantity',
      spoil({ 'PO1*2': 'PO1*2**EA*1*PE*VN*A', CTT: 'CTT*2' }),
      'rejection INTAKE_ELEMENT_ESSENTIAL',
      'PO102 of PO1*2 (segment 11)',
    ],
    [
      'nothing ordered',
      spoil({ 'PO1*2': 'PO1*2*0*EA*1*PE*VN*A', CTT: 'CTT*2' }),
      'rejection INTAKE_QUANTITY',
      'PO102 of PO1*2 (segment 11)',
    ],
    [
      'no unit',
      spoil({ 'PO1*1': 'PO1*1*4**129*PE*VN*A' }),
      'exception INTAKE_UNIT',
      'PO103 of PO1*1 (segment 9)',
    ],
    [
      'a price below zero',
      spoil({ 'PO1*1': 'PO1*1*4*EA*-5*PE*VN*A' }),
      'rejection INTAKE_PRICE',
      'PO104 of PO1*1 (segment 9)',
    ],
    [
      'a price by weight',
      spoil({ 'PO1*1': 'PO1*1*4*EA*5*PP*VN*A' }),
      'exception INTAKE_PRICE_BASIS',
      'PO105 of PO1*1 (segment 9)',
    ],
    [
      'no item',
      spoil({ 'PO1*1': 'PO1*1*4*EA*129*PE' }),
      'exception INTAKE_ITEM_MISSING',
      'PO1*1 (segment 9)',
    ],
    [
      'a GTIN with a typing error',
      spoil({ 'PO1*1': 'PO1*1*4*EA*129*PE*UP*614141000037' }),
      'exception INTAKE_GTIN',
      'PO1*1 (segment 9)',
    ],
    [
      'a line number twice',
      spoil({ 'PO1*2': 'PO1*1*10*EA*5*PE*VN*A' }),
      'exception INTAKE_LINE_NUMBER',
      'PO1*1 (segment 11)',
    ],
    [
      'a lost line',
      spoil({ 'PO1*2': null, CTT: 'CTT*2' }),
      'exception INTAKE_LINE_COUNT',
      'CTT01 (segment 11)',
    ],
    [
      'a lost digit',
      spoil({ 'PO1*1': 'PO1*1*40*EA*129*PE*VN*A' }),
      'exception INTAKE_HASH_TOTAL',
      'CTT02 (segment 12)',
    ],
    ['nowhere to ship to', spoil({ 'N1*ST': null, N3: null, N4: null }), 'exception INTAKE_SHIP_TO', 'N1*ST'],
    [
      'an address without a city',
      spoil({ N4: 'N4**OR*97205' }),
      'exception INTAKE_ADDRESS',
      'N1 (segment 6)',
    ],
    [
      'a country that is none',
      spoil({ N4: 'N4*Portland*OR*97205*QX' }),
      'exception INTAKE_ADDRESS',
      'N404 (segment 8)',
    ],
    [
      'a GLN with a typing error',
      spoil({ 'N1*BY': 'N1*BY*N*UL*0614141000006' }),
      'exception INTAKE_GLN',
      'N104 (segment 5)',
    ],
    [
      'a charge',
      [...ORDER.slice(0, 7), 'SAC*C*D240***1000', ...ORDER.slice(7)],
      'exception INTAKE_NOT_CARRIED',
      'SAC (segment 9)',
    ],
    [
      'a line with its own ship-to',
      [...ORDER.slice(0, 9), 'N1*ST*Seattle', ...ORDER.slice(9)],
      'exception INTAKE_NOT_CARRIED',
      'PO1*1 (segment 9)',
    ],
    [
      'a second ship-to',
      [...ORDER.slice(0, 7), 'N1*ST*Seattle*92*2', ...ORDER.slice(7)],
      'exception INTAKE_NOT_CARRIED',
      'N1 (segment 9)',
    ],
    ['a segment nobody knows', [...ORDER, 'Nonsense*1'], 'exception INTAKE_SEGMENT', 'Nonsense (segment 14)'],
    [
      'a line after the totals',
      [...ORDER, 'PO1*3*1*EA*1*PE*VN*A'],
      'exception INTAKE_SEGMENT',
      'PO1*3 (segment 14)',
    ],
  ])('%s', (_case, body, problem, located) => {
    const { problems } = readOrder(body);
    expect(told(problems)).toContainEqual({ problem, located });
    for (const { message, fix } of problems) expect([message, fix]).not.toContain('');
  });

  test.each<[string, Envelope, string, string]>([
    ['no SE', { SE: null }, 'rejection INTAKE_TRUNCATED', 'AMT (segment 13)'],
    [
      'another control number in SE',
      { SE: 'SE*14*0002' },
      'rejection INTAKE_CONTROL_NUMBER',
      'SE02 (segment 14)',
    ],
    ['a segment lost', { SE: 'SE*15*0001' }, 'exception INTAKE_SEGMENT_COUNT', 'SE01 (segment 14)'],
    [
      'another control number in GE',
      { GE: 'GE*1*9' },
      'exception INTAKE_ENVELOPE',
      'GE02 (segment 17 of the file)',
    ],
    ['a set lost', { GE: 'GE*2*101' }, 'exception INTAKE_ENVELOPE', 'GE01 (segment 17 of the file)'],
    ['no GE', { GE: null }, 'exception INTAKE_ENVELOPE', 'GS (segment 2 of the file)'],
    ['no GS', { GS: null, GE: null }, 'rejection INTAKE_OUTSIDE_GROUP', 'ST (segment 1)'],
    [
      'another control number in IEA',
      { IEA: 'IEA*1*9' },
      'exception INTAKE_ENVELOPE',
      'IEA02 (segment 18 of the file)',
    ],
    ['a group lost', { IEA: 'IEA*2*101' }, 'exception INTAKE_ENVELOPE', 'IEA01 (segment 18 of the file)'],
    ['no IEA', { IEA: null }, 'exception INTAKE_ENVELOPE', 'ISA (segment 1 of the file)'],
    ['a lost ST', { ST: null }, 'exception INTAKE_STRAY', 'BEG (segment 3 of the file)'],
    ['a test', { ISA: interchangeOf()[0]?.replace('*P*>', '*T*>') ?? '' }, 'exception INTAKE_TEST', 'ISA15'],
  ])('%s', (_case, envelope, problem, located) => {
    expect(told(readOrder(ORDER, envelope).problems)).toContainEqual({ problem, located });
  });
});

test('no code of a document reaches into our own objects', () => {
  const hostile = 'constructor';
  const order = ORDER.map((segment) =>
    segment.replace(/\*(?:UL|VN|PE|002|TT|SA|US)(?=\*|$)/g, `*${hostile}`),
  );
  const { draft } = readOrder(order, { ST: 'ST*850*0001' });
  expect(draft?.buyer?.scheme).toBe('X12:constructor');
  expect(draft?.lines.map(({ items }) => items[0]?.scheme)).toEqual(['OTHER', 'OTHER']);
  expect(draft?.notes).toEqual([]);
  expect(
    readDocument(bytesOf(interchangeOf(ORDER, { ST: `ST*${hostile}*1` }))).problems[0]?.message,
  ).toContain('X12 constructo;');
});

test('order lines that lost their transaction set are counted', () => {
  const { problems } = readOrder(ORDER, { ST: null });
  expect(problems.map(({ message }) => message).join()).toContain('2 order lines (PO1) among them');
});

describe('a document that is no 850 is named for what it is', () => {
  test.each([
    ['', 'INTAKE_EMPTY', /0 bytes/],
    ["UNB+UNOA:1+A+B'UNH+1+ORDERS:D:96A:UN'", 'INTAKE_UNSUPPORTED', /EDIFACT ORDERS.*X12 850/],
    ['four chairs, please', 'INTAKE_UNSUPPORTED', /plain text/],
    ['\u0000\u0001\u0002\u0003', 'INTAKE_UNSUPPORTED', /binary data/],
    ['ISA*00*  ', 'INTAKE_ENVELOPE_UNREADABLE', /16 elements/],
  ])('%j', (text, code, message) => {
    const reading = readDocument(new TextEncoder().encode(text), { fileName: 'order.edi' });
    expect(reading).toMatchObject({ format: 'unknown', transactions: [] });
    expect(reading.problems).toEqual([expect.objectContaining({ code, severity: 'rejection' })]);
    expect(reading.problems[0]?.message).toMatch(message);
    expect(reading.acknowledge([], { controlNumber: 1, now: new Date() })).toBeNull();
  });

  test('another transaction set stands beside the orders of its file', () => {
    const other = interchangeOf(['BAK*00*AD*1*20260302'], {
      ST: 'ST*855*0001',
      GS: 'GS*PR*A*B*20260302*0815*101*X*004010',
    });
    const reading = readDocument(bytesOf([...interchangeOf(), ...other]));
    expect(reading.format).toBe('x12-850');
    expect(reading.transactions).toHaveLength(1);
    expect(reading.problems).toMatchObject([
      { code: 'INTAKE_UNSUPPORTED', message: expect.stringContaining('855 (purchase order acknowledgment)') },
    ]);
  });
});

const good = bytesOf(interchangeOf());

/** A good document with a few bytes changed, taken out or put in. */
const damaged = fc
  .array(fc.record({ at: fc.nat(good.length), cut: fc.nat(12), put: fc.uint8Array({ maxLength: 6 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((damages) =>
    damages.reduce((bytes, { at, cut, put }) => {
      const from = Math.min(at, bytes.length);
      return Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + cut)]);
    }, good),
  );

describe('whatever arrives', () => {
  test('it is read without an error, and every problem says where and what to do', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (bytes) => {
        const { transactions, problems } = readDocument(bytes);
        const all = [...problems, ...transactions.flatMap(({ problems }) => problems)];
        for (const { message, located, fix } of all) expect([message, located, fix]).not.toContain('');
        expect(transactions.length + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('no line is lost: it is in the draft, or the order is rejected', () => {
    const field = fc.constantFrom('', '1', '0', '-2', 'x', '1.5', '99999999999999');
    const line = fc
      .tuple(fc.constantFrom('', '1', '2', 'A'), field, field)
      .map(([number, quantity, price]) => {
        return `PO1*${number}*${quantity}*EA*${price}*PE*VN*LOOM-CHAIR-OAK`;
      });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const { draft, problems } = readOrder([...ORDER.slice(0, 7), ...lines]);
        const lost = lines.length - (draft?.lines.length ?? 0);
        const named = problems.filter(
          ({ severity, located }) => severity === 'rejection' && located.startsWith('PO102'),
        );
        expect(named).toHaveLength(lost);
        expect(new Set(draft?.lines.map(({ sequence }) => sequence)).size).toBe(draft?.lines.length);
      }),
    );
  });
});
