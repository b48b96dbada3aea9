import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CarrierInput, CarrierOutput } from '@orderloom/plugin-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPluginHost, type PluginHost, type PluginLogEntry } from './index.ts';

/** A plugin made with the SDK and built as they all are, in the process it runs in every day. */
const folder = path.dirname(fileURLToPath(import.meta.resolve('@orderloom/carrier-own-fleet/package.json')));
const log: PluginLogEntry[] = [];
let host: PluginHost;

beforeAll(async () => {
  const config = { currency: 'CNY', basePrice: '10', pricePerKg: '1.5' };
  host = await createPluginHost({
    plugins: [{ folder, mode: 'sandbox', config }],
    log: (entry) => log.push(entry),
  });
});
afterAll(() => host.stop());

const ask = (operation: 'rates' | 'ship' | 'track', input: unknown) =>
  host.call({
    plugin: 'orderloom.own-fleet',
    contribution: 'own-fleet',
    operation,
    input,
    idempotencyKey: 'order-1/ship',
    locale: 'zh-CN',
  });

const input: CarrierInput<'ship'> = {
  orderId: '0198c0de-0000-7000-8000-000000000001',
  orderNumber: 'SO-1001',
  service: 'standard',
  from: { name: '织单仓库', lines: ['港口路12号'], city: '宁波', postalCode: '315000', country: 'CN' },
  to: { name: '王小明', lines: ['金钱公路3469号'], city: '上海', postalCode: '201406', country: 'CN' },
  parcels: [
    {
      sscc: '395011015300000011',
      weightGrams: 2300,
      lengthMm: 300,
      widthMm: 200,
      heightMm: 150,
      contents: [{ sku: 'PEN-1', quantity: '12', name: '中性笔' }],
    },
  ],
};

test('the settings of the operator price a parcel', async () => {
  const { from, to, parcels } = input;
  expect(await ask('rates', { from, to, parcels })).toEqual({
    ok: true,
    value: [
      { service: 'standard', price: { amount: '14.50', currency: 'CNY' }, transitDays: 1 },
      { service: 'same-day', price: { amount: '22.50', currency: 'CNY' }, transitDays: 0 },
    ],
  });
});

test('a shipment that is asked for twice is the same shipment with the same label', async () => {
  const first = await ask('ship', input);
  expect(await ask('ship', input)).toEqual(first);
  const { labels, trackingNumber } = first.ok
    ? (first.value as CarrierOutput<'ship'>)
    : expect.fail('not shipped');
  expect(labels).toMatchObject([{ mediaType: 'application/pdf', parcelSscc: '395011015300000011' }]);
  expect(
    Buffer.from(labels[0]?.base64 ?? '', 'base64')
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect(await ask('track', { trackingNumber })).toEqual({
    ok: true,
    value: { status: 'pending', events: [] },
  });
  expect(log).toEqual([]);
});

test('what the carrier will not carry is a definite no with a code', async () => {
  expect(await ask('ship', { ...input, parcels: [] })).toMatchObject({
    error: { kind: 'rejected', code: 'NO_PARCELS' },
  });
});

test('what is no shipment at all never reaches the carrier', async () => {
  expect(await ask('ship', { ...input, to: { ...input.to, country: 'China' } })).toMatchObject({
    error: { kind: 'bug', code: 'PLUGIN_INPUT_INVALID', message: expect.stringContaining('to.country') },
  });
});
