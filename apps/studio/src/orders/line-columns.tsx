import { formatMoney, formatNumber, type Locale, type TableColumn, type Translate } from '@orderloom/ui';
import { formatPrice } from './formats.ts';
import type { OrderMessageId } from './messages.ts';

/** What was ordered and for how much. */
export interface OrderedLine {
  readonly sku: string;
  readonly description: string;
  readonly ordered: string;
  readonly unit: string;
  /** In major units. */
  readonly unitPrice: string;
  /** Null when the reader may not see it. */
  readonly listPrice: string | null;
  readonly total: { readonly amount: string; readonly currency: string };
}

/** Columns that every table of order lines has: what, how many, for how much. */
export function lineColumns<Line extends OrderedLine>(t: Translate<OrderMessageId>, locale: Locale) {
  const item: TableColumn<Line> = {
    id: 'item',
    header: t('item'),
    cell: ({ sku, description }) => (
      <span className="flex min-w-32 flex-col py-1">
        <span className="font-medium">{description || sku}</span>
        <span className="text-xs text-text-muted">{sku}</span>
      </span>
    ),
  };
  const ordered: TableColumn<Line> = {
    id: 'ordered',
    header: t('ordered'),
    align: 'end',
    cell: ({ ordered: quantity, unit }) => (
      <span className="whitespace-nowrap">
        {formatNumber(quantity, locale)} <span className="text-xs text-text-muted">{unit}</span>
      </span>
    ),
  };
  const total: TableColumn<Line> = {
    id: 'total',
    header: t('lineTotal'),
    align: 'end',
    cell: (line) => (
      <span className="flex flex-col py-1 whitespace-nowrap">
        <span className="font-medium">{formatMoney(line.total.amount, line.total.currency, locale)}</span>
        <span className="text-xs text-text-muted">{priceWords(line)}</span>
      </span>
    ),
  };
  return { item, ordered, total };

  /** The price of one, and the one we ask where it differs. */
  function priceWords({ unitPrice, listPrice, total: { currency } }: Line): string {
    const each = t('each', { price: formatPrice(unitPrice, currency, locale) });
    if (listPrice === null || Number(listPrice) === Number(unitPrice)) return each;
    return `${each} (${t('listPrice', { price: formatPrice(listPrice, currency, locale) })})`;
  }
}
