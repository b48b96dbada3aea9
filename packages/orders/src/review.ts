import { currencyExponent, Decimal, type Money } from '@orderloom/kernel';
import type { Address } from './order-draft.ts';

export interface OrderToReview {
  readonly total: Money;
  readonly shipTo: Address | null;
  readonly lines: readonly { readonly unitPrice: Decimal | null; readonly listPrice: Decimal | null }[];
  /** How many exceptions intake and pricing opened. */
  readonly exceptionCount: number;
}

export interface CustomerToReview {
  readonly blocked: boolean;
  /** What the customer may still owe, in the order's currency; null when no limit is agreed. */
  readonly creditAvailable: Money | null;
  /** Orders of this customer delivered before this one. */
  readonly deliveredOrders: number;
}

/**
 * What the review decision table sees: plain JSON, amounts in major units. Numbers are exact to 15 digits,
 * which is enough to compare with a limit; the order itself keeps exact money.
 */
export interface ReviewFacts {
  readonly amount: number;
  readonly currency: string;
  readonly customerKnown: boolean;
  readonly customerBlocked: boolean;
  readonly newCustomer: boolean;
  readonly creditAvailable: number | null;
  /** False as soon as the order exceeds the credit that is left, or the customer is unknown. */
  readonly creditSufficient: boolean;
  readonly addressComplete: boolean;
  /** The largest distance of a line's price from its list price, either way, in percent. */
  readonly priceDeviationPercent: number;
  readonly lineCount: number;
  readonly exceptionCount: number;
}

/** The facts of an order and its customer, null when nobody knows who sent it. */
export function reviewFacts(order: OrderToReview, customer: CustomerToReview | null): ReviewFacts {
  const credit = customer?.creditAvailable ?? null;
  return {
    amount: majorUnits(order.total),
    currency: order.total.currency,
    customerKnown: customer !== null,
    customerBlocked: customer?.blocked ?? false,
    newCustomer: (customer?.deliveredOrders ?? 0) === 0,
    creditAvailable: credit && majorUnits(credit),
    creditSufficient: customer !== null && (credit === null || covers(credit, order.total)),
    addressComplete: isCompleteAddress(order.shipTo),
    priceDeviationPercent: largestDeviation(order.lines),
    lineCount: order.lines.length,
    exceptionCount: order.exceptionCount,
  };
}

/** Whether a parcel could be addressed: name, street, city, postal code and country are there. */
export function isCompleteAddress(address: Address | null): address is Address {
  if (address === null) return false;
  const { name, lines, city, postalCode, country } = address;
  return [name, lines.join(''), city, postalCode, country].every((part) => part.trim() !== '');
}

function majorUnits({ amount, currency }: Money): number {
  return new Decimal(amount).div(new Decimal(10).pow(currencyExponent(currency))).toNumber();
}

function covers(credit: Money, total: Money): boolean {
  return credit.currency === total.currency && credit.amount >= total.amount;
}

/** A line without a price, or with nothing to compare it to, deviates by nothing: it has its own exception. */
function largestDeviation(lines: OrderToReview['lines']): number {
  const deviations = lines.map(({ unitPrice, listPrice }) =>
    unitPrice === null || listPrice === null || listPrice.isZero()
      ? new Decimal(0)
      : unitPrice.minus(listPrice).abs().div(listPrice).times(100),
  );
  return Decimal.max(0, ...deviations)
    .toDecimalPlaces(2, Decimal.ROUND_HALF_UP)
    .toNumber();
}
