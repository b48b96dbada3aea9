import { PluginError, type Money } from '@orderloom/plugin-sdk';
import { z } from 'zod';

const Price = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/, 'a price such as "6.00"');

/** What the operator sets. Prices are exact decimals in the currency's major unit. */
export const Tariff = z.object({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .meta({ title: 'Currency' }),
  basePrice: Price.default('6.00').meta({ title: 'Price of a parcel' }),
  pricePerKg: Price.default('0.90').meta({ title: 'Price of each started kilogram' }),
  sameDaySurcharge: Price.default('8.00').meta({
    title: 'Surcharge for delivery on the same day, each parcel',
  }),
});
export type Tariff = z.output<typeof Tariff>;

export const services = [
  { code: 'standard', title: 'Next working day' },
  { code: 'same-day', title: 'Same day' },
] as const;
export type Service = (typeof services)[number]['code'];

/** What one driver may lift with a hand truck. */
const HEAVIEST_GRAMS = 70_000;

/** Rejects with SERVICE_UNKNOWN. */
export function serviceOf(code: string): (typeof services)[number] {
  const service = services.find((service) => service.code === code);
  if (service) return service;
  const known = services.map((service) => service.code).join(', ');
  throw PluginError.rejected('SERVICE_UNKNOWN', `The own fleet has no service "${code}"; it has ${known}.`);
}

/** Rejects with NO_PARCELS or PARCEL_TOO_HEAVY. */
export function checkParcels(parcels: readonly { readonly weightGrams: number }[]): void {
  if (parcels.length === 0) throw PluginError.rejected('NO_PARCELS', 'There is no parcel to deliver.');
  const heavy = parcels.findIndex(({ weightGrams }) => weightGrams > HEAVIEST_GRAMS);
  if (heavy < 0) return;
  const kilograms = HEAVIEST_GRAMS / 1000;
  throw PluginError.rejected('PARCEL_TOO_HEAVY', `Parcel ${heavy + 1} is over ${kilograms} kg; split it.`);
}

/** The price of all parcels: each pays the base, its started kilograms and the service's surcharge. */
export function priceOf(
  { currency, basePrice, pricePerKg, sameDaySurcharge }: Tariff,
  service: Service,
  parcels: readonly { readonly weightGrams: number }[],
): Money {
  const digits = Math.max(
    ...[basePrice, pricePerKg, sameDaySurcharge].map((price) => fractionOf(price).length),
  );
  const units = (price: string): bigint =>
    BigInt(price.replace(/\..*/, '') + fractionOf(price).padEnd(digits, '0'));

  const fixed = units(basePrice) + (service === 'same-day' ? units(sameDaySurcharge) : 0n);
  const kilograms = parcels.reduce((sum, { weightGrams }) => sum + Math.ceil(weightGrams / 1000), 0);
  const total = BigInt(parcels.length) * fixed + BigInt(kilograms) * units(pricePerKg);
  const text = total.toString().padStart(digits + 1, '0');
  return { amount: digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`, currency };
}

const fractionOf = (price: string): string => price.split('.')[1] ?? '';
