import { describe, expect, test } from 'vitest';
import { readLabel } from '@orderloom/plugin-testkit';
import { contextOf, parcel, shipment, SSCC } from './fixtures/shipment.ts';
import { ownFleet } from './index.ts';
import { checkDigit } from './sscc.ts';

async function shipAndRead(changes: Parameters<typeof shipment>[0] = {}, ctx = contextOf()) {
  const { labels, trackingNumber } = await ownFleet.ship(shipment(changes), ctx);
  return { trackingNumber, ...(await readLabel(Buffer.from(labels[0]?.base64 ?? '', 'base64'))) };
}

describe('a label', () => {
  test('is one page of four by six inches', async () => {
    expect(await shipAndRead()).toMatchObject({ pages: 1, size: { width: 288, height: 432 } });
  });

  test.each([SSCC, '00000000000000000', '99999999999999999', '10614141192837465'])(
    'carries its SSCC as a GS1-128 symbol that a scanner reads: %s',
    async (digits) => {
      const sscc = digits.length === 18 ? digits : digits + checkDigit(digits);
      const { barcodes, text } = await shipAndRead({ parcels: [parcel({ sscc })] });
      expect(barcodes).toEqual([{ format: 'Code128', contentType: 'GS1', text: `00${sscc}` }]);
      expect(text).toContain(`(00) ${sscc}`);
    },
  );

  test('says who sends, who receives, and what it is', async () => {
    const { text, trackingNumber } = await shipAndRead();
    for (const words of [
      'NEXT WORKING DAY',
      'Orderloom Demo',
      '3011 AA Rotterdam',
      'Müller & Søn GmbH',
      'Hauptstraße 1',
      '10623 Berlin',
      'SO-1001',
      '1 of 1',
      '2.30 kg',
      trackingNumber,
    ])
      expect(text).toContain(words);
  });

  test.each([
    'Łukasz Żak, Kőbánya',
    'Şişli, İstanbul',
    'Nguyễn Thị Ánh',
    'Αθήνα',
    'Санкт-Петербург',
    'さいたま市',
  ])('prints %s as it is written', async (city) => {
    const ctx = contextOf();
    const { text } = await shipAndRead({ to: { ...shipment().to, city } }, ctx);
    expect(text).toContain(city);
    expect(ctx.warnings).toEqual([]);
  });

  test('is printed in Chinese as well as about Chinese addresses', async () => {
    const to = {
      name: '上海晨光文具股份有限公司 王小明',
      lines: ['金钱公路3469号3号楼', '翡翠路與鑫龍街交叉口'],
      city: '上海市奉贤区',
      postalCode: '201406',
      country: 'CN',
    };
    const ctx = contextOf({ language: 'zh' });
    const { text, barcodes } = await shipAndRead({ to, service: 'same-day' }, ctx);
    for (const words of [
      to.name,
      ...to.lines,
      '201406 上海市奉贤区',
      '当日达',
      '收件人',
      '第 1 件，共 1 件',
    ]) {
      expect(text).toContain(words);
    }
    expect(barcodes).toHaveLength(1);
    expect(ctx.warnings).toEqual([]);
  });

  test('keeps to its page however long the address is', async () => {
    const to = {
      ...shipment().to,
      name: 'Gesellschaft '.repeat(15).trim(),
      lines: Array.from({ length: 5 }, (_, n) => `${n} ${'号楼'.repeat(98)}`),
    };
    const { text, barcodes } = await shipAndRead({ to });
    expect(text).toContain('Gesellschaft Gesellschaft');
    expect(barcodes).toMatchObject([{ text: `00${SSCC}` }]);
  });

  test('prints ? for what the typeface lacks, and says so without saying whose name it was', async () => {
    const ctx = contextOf();
    const { text } = await shipAndRead({ to: { ...shipment().to, name: 'Ada \u{1F680}\u0000\n한' } }, ctx);
    expect(text).toContain('Ada ? ?');
    expect(ctx.warnings).toEqual([{ sscc: SSCC, missing: 2 }]);
  });
});
