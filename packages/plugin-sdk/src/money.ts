import { z } from 'zod';

/** An exact decimal as text: `'12.40'`, `'3'`, `'0.125'`. Never a float. */
export const DecimalText = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,6})?$/, 'an exact decimal as text, such as "12.40"');

/**
 * Money as carriers and shops quote it: an exact decimal in **major** units (`'12.40'` is twelve euros
 * forty, `'1240'` is 1240 yen) and an ISO 4217 currency. Minor units would need every plugin to know every
 * currency's exponent; the host converts once, and it is the side that knows.
 */
export const Money = z.object({
  amount: DecimalText,
  currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as "EUR"'),
});
export type Money = z.output<typeof Money>;
