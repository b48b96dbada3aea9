import { z } from 'zod';

/** A postal address as it is printed, the most local part first in `lines`. */
export const Address = z.object({
  /** Person or company. */
  name: z.string().min(1).max(200),
  /** Street, house number, building, floor; in the order of the country. */
  lines: z.array(z.string().min(1).max(200)).min(1).max(5),
  city: z.string().min(1).max(100),
  /** State, province or prefecture, as printed. */
  region: z.string().max(100).optional(),
  postalCode: z.string().max(20),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code such as "DE"'),
  /** For the driver. E.164 where known. */
  phone: z.string().max(30).optional(),
});
export type Address = z.output<typeof Address>;
