import { readFileSync } from 'node:fs';
import { priceOrder } from '@orderloom/orders';
import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

const documents = new URL('../../templates/documents/', import.meta.url);

test.each([
  ['850-small.edi', 'NW-10001', '1609.00', 3],
  ['850-large.edi', 'NW-10002', '13040.00', 3],
  ['850-shanghai.edi', 'NW-10003', '587.40', 2],
  ['850-unknown-item.edi', 'NW-10004', '1057.00', 2],
  ['850-scarce-stock.edi', 'NW-10005', '4760.00', 1],
])('%s is a flawless order', (file, poNumber, total, lineCount) => {
  const { problems, transactions } = readDocument(readFileSync(new URL(file, documents)));
  const [{ draft, problems: orderProblems } = { draft: null, problems: [] }] = transactions;
  expect([...problems, ...orderProblems]).toEqual([]);
  expect(draft?.poNumber).toBe(poNumber);
  expect(draft?.lines).toHaveLength(lineCount);
  const price = draft && priceOrder(draft);
  expect(price?.problems).toEqual([]);
  expect(price?.total.amount).toBe(BigInt(total.replace('.', '')));
});

test('a recipient abroad keeps the name in their own script', () => {
  const { transactions } = readDocument(readFileSync(new URL('850-shanghai.edi', documents)));
  expect(transactions[0]?.draft?.shipTo).toMatchObject({
    name: expect.stringContaining('王小明'),
    city: '上海',
    country: 'CN',
  });
});

test('850-unreadable.edi is refused with a reason', () => {
  const { problems } = readDocument(readFileSync(new URL('850-unreadable.edi', documents)));
  expect(problems).toMatchObject([{ code: 'INTAKE_ENVELOPE_UNREADABLE', severity: 'rejection' }]);
});
