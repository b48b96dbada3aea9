import { Decimal as DecimalJs } from 'decimal.js';
import { fail } from './errors.ts';

/** Exact decimals for quantities and unit prices: 34 significant digits (IEEE 754 decimal128), half even. */
export const Decimal = DecimalJs.clone({
  precision: 34,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  defaults: true,
});
export type Decimal = DecimalJs;
export declare namespace Decimal {
  export type Value = DecimalJs.Value;
}

/** An amount of a SKU in its base unit, at most six decimals, as the database stores it: numeric(18,6). */
export type Quantity = Decimal;

export function quantity(value: Decimal.Value, field = 'quantity'): Quantity {
  let parsed: Decimal;
  try {
    parsed = new Decimal(value);
  } catch {
    fail('QUANTITY_FORMAT', `${JSON.stringify(value)} is not a number.`, {
      field,
      fix: 'Write digits, such as 12 or 0.5.',
    });
  }
  if (!parsed.isFinite() || parsed.decimalPlaces() > 6 || parsed.abs().gte('1e12')) {
    fail('QUANTITY_RANGE', `${parsed.toString()} is outside what a quantity can hold.`, {
      field,
      fix: 'Use at most 12 digits before and 6 after the decimal point.',
    });
  }
  return parsed;
}
