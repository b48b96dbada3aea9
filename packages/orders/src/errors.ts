/** Every code this package fails with or reports. Codes are never reused. */
export const orderErrors = {
  GS1_DIGITS: 'A GS1 key holds something other than digits.',
  GS1_LENGTH: 'A GS1 key, company prefix or serial has the wrong number of digits.',
  GS1_CHECK_DIGIT: 'The last digit of a GS1 key does not follow from the others: a typing error.',
  ORDER_LINE_QUANTITIES: 'A line would count more goods at a later stage than at the one before it.',
  ORDER_NUMBER: 'An order number cannot be made from this year and sequence.',
  ORDER_PRICE_MISSING: 'A line has no unit price, so that the order total leaves it out.',
  ORDER_TOTAL_MISMATCH: 'The stated total is not what the lines add up to.',
} as const;

export type OrderErrorCode = keyof typeof orderErrors;
