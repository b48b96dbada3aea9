import { addMoney, Decimal, formatMoney, minorUnits, money, type Money } from '@orderloom/kernel';
import type { OrderErrorCode } from './errors.ts';
import type { IntakeProblem } from './order-draft.ts';

export interface LineToPrice {
  readonly quantity: Decimal;
  /** Major units for one unit; null when nobody has stated or looked up a price. */
  readonly unitPrice: Decimal | null;
  readonly located: string;
}

export interface OrderPrice {
  /** In the order of the lines; null where a line has no price. */
  readonly lineTotals: readonly (Money | null)[];
  /** The sum of the line totals that are there. */
  readonly total: Money;
  readonly problems: readonly IntakeProblem[];
}

/**
 * What an order comes to: unit price × quantity, rounded half up to minor units per line, and summed.
 * A stated total is compared, never believed: off by more than one minor unit per line, or by more than
 * 0.5 %, it opens an exception.
 */
export function priceOrder(order: {
  readonly currency: string;
  readonly lines: readonly LineToPrice[];
  readonly statedTotal: Money | null;
}): OrderPrice {
  const lineTotals = order.lines.map(({ quantity, unitPrice }) =>
    unitPrice === null ? null : minorUnits(unitPrice.times(quantity), order.currency),
  );
  const total = lineTotals.reduce<Money>(
    (sum, lineTotal) => (lineTotal ? addMoney(sum, lineTotal) : sum),
    money(0n, order.currency),
  );
  const unpriced = order.lines.filter(({ unitPrice }) => unitPrice === null).map(missingPrice);
  const agrees = order.statedTotal === null || totalsAgree(total, order.statedTotal, order.lines.length);
  return {
    lineTotals,
    total,
    problems: agrees ? unpriced : [...unpriced, mismatch(total, order.statedTotal)],
  };
}

function totalsAgree(derived: Money, stated: Money, lineCount: number): boolean {
  if (derived.currency !== stated.currency) return false;
  const difference = new Decimal(derived.amount).minus(new Decimal(stated.amount)).abs();
  return difference.lte(lineCount) && difference.lte(new Decimal(derived.amount).abs().times('0.005'));
}

function missingPrice({ located }: LineToPrice): IntakeProblem {
  return {
    code: 'ORDER_PRICE_MISSING' satisfies OrderErrorCode,
    severity: 'exception',
    message: 'The line has no unit price; the order total leaves it out.',
    located,
    fix: 'Agree a price with the buyer, or apply the list price.',
  };
}

function mismatch(derived: Money, stated: Money): IntakeProblem {
  return {
    code: 'ORDER_TOTAL_MISMATCH' satisfies OrderErrorCode,
    severity: 'exception',
    message: `The document states a total of ${formatMoney(stated)}; its lines come to ${formatMoney(derived)}.`,
    located: 'stated total',
    fix: 'Compare the prices and quantities with the buyer before confirming.',
  };
}
