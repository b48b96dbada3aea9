import { Decimal, minorUnits } from '@orderloom/kernel';
import { describe, expect, test } from 'vitest';
import type { Address } from './order-draft.ts';
import { type CustomerToReview, isCompleteAddress, type OrderToReview, reviewFacts } from './review.ts';

const address: Address = {
  name: 'Northwind Outfitters',
  lines: ['12 Harbor Way'],
  city: 'Portland',
  region: 'OR',
  postalCode: '97205',
  country: 'US',
  raw: '',
};
const priced = (unitPrice: Decimal.Value | null, listPrice: Decimal.Value | null) => ({
  unitPrice: unitPrice === null ? null : new Decimal(unitPrice),
  listPrice: listPrice === null ? null : new Decimal(listPrice),
});
const order: OrderToReview = {
  total: minorUnits('1290.00', 'USD'),
  shipTo: address,
  lines: [priced(129, 129)],
  exceptionCount: 0,
};
const customer: CustomerToReview = {
  blocked: false,
  creditAvailable: minorUnits('1290.00', 'USD'),
  deliveredOrders: 3,
};

test('a good order of a known customer', () => {
  expect(reviewFacts(order, customer)).toEqual({
    amount: 1290,
    currency: 'USD',
    customerKnown: true,
    customerBlocked: false,
    newCustomer: false,
    creditAvailable: 1290,
    creditSufficient: true,
    addressComplete: true,
    priceDeviationPercent: 0,
    lineCount: 1,
    exceptionCount: 0,
  });
});

test('the facts are plain JSON', () => {
  const facts = reviewFacts(order, customer);
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

describe('credit', () => {
  test.each([
    ['exactly covers', minorUnits('1290.00', 'USD'), true],
    ['is a cent short', minorUnits('1289.99', 'USD'), false],
    ['is in another currency', minorUnits('9999', 'CAD'), false],
    ['is not limited', null, true],
  ])('that %s', (_case, creditAvailable, sufficient) => {
    expect(reviewFacts(order, { ...customer, creditAvailable }).creditSufficient).toBe(sufficient);
  });

  test('an unknown customer is new and has none', () => {
    expect(reviewFacts(order, null)).toMatchObject({
      customerKnown: false,
      newCustomer: true,
      creditAvailable: null,
      creditSufficient: false,
    });
  });
});

describe('price deviation is the largest of any line, either way', () => {
  test.each([
    [[priced(129, 129), priced('119.03', 119)], 0.03],
    [[priced(90, 100), priced(105, 100)], 10],
    [[priced(0, 100)], 100],
    [[priced(null, 100), priced(5, null), priced(5, 0)], 0],
    [[], 0],
  ])('%#', (lines, percent) => {
    expect(reviewFacts({ ...order, lines }, customer).priceDeviationPercent).toBe(percent);
  });
});

describe('an address is complete when a parcel could be addressed', () => {
  test.each([
    [address, true],
    [{ ...address, lines: [] }, false],
    [{ ...address, city: ' ' }, false],
    [{ ...address, postalCode: '' }, false],
    [null, false],
  ])('%#', (address, complete) => {
    expect(isCompleteAddress(address)).toBe(complete);
  });
});
