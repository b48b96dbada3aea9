import { systemPrincipal } from '@orderloom/access';
import { readDocument } from '@orderloom/intake';
import { expect, test } from 'vitest';
import { takeInDocument } from './index.ts';
import { openDesk } from './test-desk.ts';

test('the same order taken in again, also five times at once, is one order', async () => {
  await using desk = await openDesk();
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => desk.takeIn('850-small')));
  const dispositions = outcomes.map(({ disposition }) => disposition).toSorted();
  expect(dispositions).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate', 'duplicate']);
  expect(new Set(outcomes.map(({ transactions }) => transactions[0]?.order?.id)).size).toBe(1);
  expect(await desk.database.asOwner(`select 1 from "order"`)).toHaveLength(1);
  expect(await desk.database.asOwner(`select 1 from process_instance`)).toHaveLength(1);
  expect(await desk.database.asOwner(`select 1 from intake_document`)).toHaveLength(5); // nothing is lost
});

test('a duplicate says which order it is', async () => {
  await using desk = await openDesk();
  const [first] = (await desk.takeIn('850-small')).transactions;
  const [again] = (await desk.takeIn('850-small')).transactions;
  expect(again).toMatchObject({
    disposition: 'duplicate',
    order: first!.order,
    problems: [{ code: 'INTAKE_DUPLICATE', message: expect.stringContaining(first!.order!.number) }],
  });
});

test('an unknown item rejects the order, names the line, and is refused to the sender', async () => {
  await using desk = await openDesk();
  const outcome = await desk.takeIn('850-unknown-item');
  expect(outcome).toMatchObject({
    disposition: 'rejected',
    transactions: [
      {
        order: null,
        problems: [
          {
            code: 'INTAKE_ITEM_UNKNOWN',
            severity: 'rejection',
            message: expect.stringContaining('LOOM-SOFA-VELVET'),
            located: expect.stringMatching(/PO1/),
          },
        ],
      },
    ],
  });
  expect(outcome.acknowledgement).toMatch(/AK5\*R/);
  expect(readDocument(new TextEncoder().encode(outcome.acknowledgement!)).transactions).toEqual([]);
  const [kept] = await desk.database.asOwner<{ content: Buffer }>(`select content from intake_document`);
  expect(kept!.content.toString()).toContain('LOOM-SOFA-VELVET');
});

test('a rejected document is taken in once the catalogue knows the item', async () => {
  await using desk = await openDesk();
  await desk.takeIn('850-unknown-item');
  await desk.database.asOwner(
    `insert into sku_identifier (tenant_id, scheme, value, sku_id)
     select tenant_id, 'SUPPLIER', 'LOOM-SOFA-VELVET', id from sku where code = 'LOOM-DESK-120'`,
  );
  const { disposition, transactions } = await desk.takeIn('850-unknown-item');
  expect(disposition).toBe('accepted');
  // the price is not the one of our list
  expect(await desk.openTasks(transactions[0]!.order!.id)).toEqual(['Review order']);
});

test.each([
  [
    'an unknown sender',
    '850-small',
    (text: string) =>
      text.replaceAll('NORTHWIND01', 'NOBODY00001').replaceAll('0614141000005', '4012345000009'),
    'INTAKE_PARTY_UNKNOWN',
  ],
  [
    'a unit the item is not counted in',
    '850-small',
    (text: string) => text.replace('PO1*1*4*EA', 'PO1*1*4*CA'),
    'INTAKE_UNIT',
  ],
])('%s rejects the order with a fix', async (_, document, change, code) => {
  await using desk = await openDesk();
  const { disposition, transactions } = await desk.takeIn(document, change);
  expect(disposition).toBe('rejected');
  expect(transactions[0]!.problems).toEqual([
    expect.objectContaining({ code, severity: 'rejection', fix: expect.stringMatching(/\w+/) }),
  ]);
});

test('an unreadable document is kept and rejected with a place', async () => {
  await using desk = await openDesk();
  const { disposition, problems, transactions } = await desk.takeIn('850-unreadable');
  expect(disposition).toBe('rejected');
  expect(transactions).toEqual([]);
  expect(problems[0]).toMatchObject({
    severity: 'rejection',
    located: expect.any(String),
    fix: expect.any(String),
  });
  expect(await desk.database.asOwner(`select 1 from intake_document`)).toHaveLength(1);
});

test('a line without a price takes the list price, and a person looks', async () => {
  await using desk = await openDesk();
  const outcome = await desk.takeIn('850-small', (text) => text.replace('*129.00*PE', '**'));
  expect(outcome.disposition).toBe('exceptions');
  const [line] = await desk.database.asOwner(`select unit_price::float from order_line where sequence = 1`);
  expect(line).toEqual({ unit_price: 129 });
  expect(await desk.openTasks(outcome.transactions[0]!.order!.id)).toEqual(['Review order']);
});

test('a document of nothing is refused before anything is written', async () => {
  await using desk = await openDesk();
  const call = { platform: desk.platform, principal: systemPrincipal(desk.tenantId) };
  await expect(
    takeInDocument(call, { channel: 'test', fileName: 'empty.edi', bytes: new Uint8Array() }),
  ).rejects.toMatchObject({ code: 'INTAKE_EMPTY', field: 'content' });
  expect(await desk.database.asOwner(`select 1 from intake_document`)).toEqual([]);
});

test('who may not take in documents is told who may', async () => {
  await using desk = await openDesk();
  const call = { platform: desk.platform, principal: desk.as('warehouse') };
  await expect(
    takeInDocument(call, { channel: 'test', fileName: null, bytes: new Uint8Array([1]) }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN', fix: expect.stringContaining('operations') });
});
