import { assert } from './assert.ts';
import { fail } from './errors.ts';
import { Decimal } from './quantity.ts';

/** Integer minor units (cents, fen, yen, fils) and an ISO 4217 currency. Never a float. */
export interface Money {
  readonly amount: bigint;
  readonly currency: string;
}

/** Currencies whose minor unit is not 1/100 (ISO 4217, table A.1). */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0,
  UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
}; // prettier-ignore

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** Digits after the decimal point of a currency: 2 for USD and CNY, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

export function money(amount: bigint | number, currency: string): Money {
  if (!isCurrency(currency)) {
    fail('MONEY_CURRENCY', `${JSON.stringify(currency)} is not an ISO 4217 currency code.`, {
      field: 'currency',
      fix: 'Use a three-letter code such as USD, EUR or CNY.',
    });
  }
  return { amount: BigInt(amount), currency };
}

/** A decimal amount in major units (`'13045.94'`) as minor units, rounded half up. */
export function minorUnits(amount: Decimal.Value, currency: string): Money {
  const scaled = new Decimal(amount).times(new Decimal(10).pow(currencyExponent(currency)));
  return money(BigInt(scaled.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed()), currency);
}

export function addMoney(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot add ${b.currency} to ${a.currency}`);
  return { amount: a.amount + b.amount, currency: a.currency };
}

export function sumMoney(parts: readonly Money[], currency: string): Money {
  return parts.reduce(addMoney, money(0n, currency));
}

/** Major units as plain text, `13045.94 USD`; screens use their own locale instead. */
export function formatMoney({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${amount < 0n ? '-' : ''}${whole}${fraction} ${currency}`;
}
