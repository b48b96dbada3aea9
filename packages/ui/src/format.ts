import { currencyExponent } from '@orderloom/kernel';
import { LANGUAGE_TAG, type Locale } from './i18n.ts';

/** An instant as the server sends it: ISO 8601 in UTC, or a Date. */
export type Instant = string | Date;

/** Formatters are costly to make and asked for in every table cell. */
const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => F,
): F {
  const known = formatters.get(key);
  if (known) return known as F;
  const made = make();
  formatters.set(key, made);
  return made;
}

/**
 * Money as people write it: `$1,234.50`, `¥1,235`.
 *
 * @param amountMinor integer minor units, exact at any size
 * @param currency ISO 4217 code
 */
export function formatMoney(amountMinor: bigint | number | string, currency: string, locale: Locale): string {
  const exponent = currencyExponent(currency);
  const formatter = cached(
    `money ${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(LANGUAGE_TAG[locale], {
        style: 'currency',
        currency,
        minimumFractionDigits: exponent,
        maximumFractionDigits: exponent,
      }),
  );
  return formatter.format(decimalText(BigInt(amountMinor), exponent));
}

/** Minor units as a decimal literal, which Intl formats exactly; a float would lose cents above 2^53. */
function decimalText(amount: bigint, exponent: number): Intl.StringNumericLiteral {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(exponent + 1, '0');
  const split = digits.length - exponent;
  const sign = amount < 0n ? '-' : '';
  const fraction = exponent === 0 ? '' : `.${digits.slice(split)}`;
  return `${sign}${digits.slice(0, split)}${fraction}` as Intl.StringNumericLiteral;
}

/** A count or an exact decimal (as text) with the language's grouping; up to six decimals, as quantities have. */
export function formatNumber(value: number | bigint | string, locale: Locale): string {
  const formatter = cached(
    `number ${locale}`,
    () => new Intl.NumberFormat(LANGUAGE_TAG[locale], { maximumFractionDigits: 6 }),
  );
  return formatter.format(value as Intl.StringNumericLiteral);
}

/** `12 Mar 2026, 14:05` in the reader's time zone unless another is named. */
export function formatDateTime(instant: Instant, locale: Locale, timeZone?: string): string {
  return dateFormatter(locale, { dateStyle: 'medium', timeStyle: 'short' }, timeZone).format(asDate(instant));
}

/** `12 Mar 2026`. A calendar date (`2026-03-12`) has no zone and stays the day it says. */
export function formatDate(date: Instant, locale: Locale, timeZone?: string): string {
  const isCalendarDate = typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date);
  const zone = isCalendarDate ? 'UTC' : timeZone;
  return dateFormatter(locale, { dateStyle: 'medium' }, zone).format(asDate(date));
}

/** `14:05:09`: steps of one order are often seconds apart. */
export function formatTime(instant: Instant, locale: Locale, timeZone?: string): string {
  return dateFormatter(locale, { timeStyle: 'medium' }, timeZone).format(asDate(instant));
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `5 minutes ago`, `in 2 days`; `now` under a minute. */
export function formatRelative(instant: Instant, locale: Locale, now: Instant = new Date()): string {
  const formatter = cached(
    `relative ${locale}`,
    () => new Intl.RelativeTimeFormat(LANGUAGE_TAG[locale], { numeric: 'auto' }),
  );
  const seconds = (asDate(instant).getTime() - asDate(now).getTime()) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return formatter.format(Math.trunc(seconds / size), unit);
  }
  return formatter.format(0, 'second');
}

function dateFormatter(locale: Locale, options: Intl.DateTimeFormatOptions, timeZone: string | undefined) {
  const withZone = timeZone === undefined ? options : { ...options, timeZone };
  return cached(
    `date ${locale} ${JSON.stringify(withZone)}`,
    () => new Intl.DateTimeFormat(LANGUAGE_TAG[locale], withZone),
  );
}

function asDate(instant: Instant): Date {
  return typeof instant === 'string' ? new Date(instant) : instant;
}
