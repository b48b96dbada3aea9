import type { Address } from '@orderloom/orders';

/** The demonstration tenant: a small maker and seller of furniture, with what the sample documents name. */
export const demonstration = {
  tenant: {
    slug: 'demo',
    name: 'Maple & Loom Furniture',
    timeZone: 'America/New_York',
    currency: 'USD',
    // The prefix GS1 reserves for examples in its own documents.
    companyPrefix: '0614141',
  },
  address: {
    name: 'Maple & Loom Furniture',
    lines: ['400 Canal Street'],
    city: 'Lowell',
    region: 'MA',
    postalCode: '01852',
    country: 'US',
    raw: '400 Canal Street, Lowell, MA 01852',
  } satisfies Address,
  location: { code: 'MAIN', name: 'Lowell warehouse' },
  customers: [
    {
      name: 'Northwind Outfitters',
      creditLimit: 100_000_00n,
      returnWindowDays: 0,
      identifiers: [
        ['X12:ZZ', 'NORTHWIND01'],
        ['GLN', '0614141000005'],
      ],
    },
    {
      name: 'Harbor Home Stores',
      creditLimit: 25_000_00n,
      returnWindowDays: 30,
      identifiers: [['X12:ZZ', 'HARBORHOME']],
    },
    {
      name: 'XYZ Retail',
      creditLimit: 250_000_00n,
      returnWindowDays: 0,
      identifiers: [['X12:12', '4405197800']],
    },
  ],
  /** Prices in major units of the tenant's currency; stock in base units. */
  items: [
    item('LOOM-CHAIR-OAK', 'Oak chair', '129.00', 6_500, 400, '0614141100019'),
    item('LOOM-DESK-120', 'Desk 120 cm', '349.00', 28_000, 120, '0614141100026'),
    item('LOOM-LAMP-BRASS', 'Brass lamp', '59.50', 2_100, 60, '0614141100033'),
    item('LOOM-MAT-FELT', 'Felt mat', '24.90', 700, 500, '0614141100040'),
    { ...item('LOOM-SHELF-KIT', 'Shelf kit', '219.00', 17_500, 0, '0614141100057'), makeToOrder: true },
    item('AB3542', 'Widget, small', '9.25', 240, 100_000),
    item('RD5322', 'Widget, medium', '13.79', 380, 100_000),
    item('XY5266', 'Widget, large', '10.99', 520, 100_000),
    item('VX2332', 'Widget, nano', '4.35', 60, 100_000),
    item('RV0524', 'Widget, blue', '7.50', 300, 100_000),
    item('DX1875', 'Widget, orange', '9.55', 300, 100_000),
  ],
} as const;

function item(
  code: string,
  name: string,
  listPrice: string,
  weightGrams: number,
  onHand: number,
  gtin: string | null = null,
) {
  return { code, name, listPrice, weightGrams, onHand, gtin, baseUnit: 'EA', makeToOrder: false };
}
