import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { priceOrder } from '@orderloom/orders';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

// Documents from the field are not ours to ship. They lie beside the checkout where somebody put them there;
// everything this package promises is also tested without them.
const folder = join(checkout(import.meta.dirname), '..', 'shared', 'data', 'intake');

function checkout(from: string): string {
  return existsSync(join(from, 'pnpm-workspace.yaml')) || dirname(from) === from
    ? from
    : checkout(dirname(from));
}

const present = existsSync(folder);

describe.skipIf(!present)(
  `documents from the field${present ? '' : ' (skipped: ../shared/data/intake is not there)'}`,
  () => {
    const read = (file: string) => readDocument(readFileSync(join(folder, file)), { fileName: file });

    test.each([
      ['x12-850.edi', ['08292233294'], [6], []],
      ['x12-850_2.edi', ['08292233294'], [6], []],
      ['x12-850_3.edi', ['----------'], [1], []],
      ['x12-850_fat.edi', ['08292233294', '08292233294'], [6, 6], []],
      [
        'x12-850-loop.edi',
        ['0019-1234567-1234'],
        [2],
        [
          'INTAKE_GTIN',
          'INTAKE_HASH_TOTAL',
          'INTAKE_LINE_COUNT',
          'INTAKE_NOT_CARRIED',
          'INTAKE_NOT_CARRIED',
          'INTAKE_NOT_CARRIED',
          'INTAKE_SHIP_TO',
        ],
      ],
    ])('%s is taken in', (file, orders, lineCounts, exceptions) => {
      const { problems, transactions } = read(file);
      expect(problems).toEqual([]);
      expect(transactions.map(({ draft }) => draft?.poNumber)).toEqual(orders);
      expect(transactions.map(({ draft }) => draft?.lines.length)).toEqual(lineCounts);
      const found = transactions.flatMap(({ problems }) => problems);
      expect(found.map(({ code }) => code).toSorted()).toEqual(exceptions);
      expect(found.map(({ severity }) => severity)).not.toContain('rejection');
    });

    test('the lines of x12-850.edi come to its stated total', () => {
      const [order] = read('x12-850.edi').transactions;
      const price = order?.draft && priceOrder(order.draft);
      expect(price).toMatchObject({ total: { amount: 1_304_594n, currency: 'USD' }, problems: [] });
    });

    test('x12-diagnosctics.x12 is refused, naming each mistake', () => {
      const reading = read('x12-diagnosctics.x12');
      expect(reading.transactions[0]?.draft).toBeNull();
      const text = reading.acknowledge([{ accepted: true }], { controlNumber: 1, now: new Date() });
      for (const segment of [
        'TA1*000007080*210517*0643*E*001',
        'AK3*BEG*2**3',
        'AK4*2*373*8*12345678',
        'AK5*R*4*5',
        'AK9*R*1*1*0*4',
      ]) {
        expect(text).toContain(`${segment}~`);
      }
    });

    test.each([
      ['x12-855.edi', /855 \(purchase order acknowledgment\)/],
      ['x12-856.edi', /856 \(ship notice\)/],
      ['edifact-sample-orders.edifact', /EDIFACT ORDERS/],
      ['cxml-orderrequest.xml', /XML document of type cXML/],
    ])('%s is refused for what it is', (file, message) => {
      const { format, problems } = read(file);
      expect(format).toBe('unknown');
      expect(problems).toMatchObject([
        { code: 'INTAKE_UNSUPPORTED', message: expect.stringMatching(message) },
      ]);
    });
  },
);
