import { currencyExponent } from '@orderloom/kernel';
import { LANGUAGE_TAG, type Locale } from '@orderloom/ui/i18n';

/** A price in major units as exact decimal text; prices of single units may be finer than the currency's coins. */
export function formatPrice(price: string, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(LANGUAGE_TAG[locale], {
    style: 'currency',
    currency,
    minimumFractionDigits: currencyExponent(currency),
    maximumFractionDigits: 6,
  }).format(price as Intl.StringNumericLiteral);
}

export function formatWeight(grams: number, locale: Locale): string {
  return new Intl.NumberFormat(LANGUAGE_TAG[locale], { style: 'unit', unit: 'kilogram' }).format(
    grams / 1000,
  );
}
