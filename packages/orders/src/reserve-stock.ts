import { Decimal, type Id } from '@orderloom/kernel';

/** What a place holds of one SKU, and how much of it is already promised. Base units. */
export interface StockBalance {
  readonly skuId: Id;
  readonly locationId: Id;
  readonly onHand: Decimal;
  readonly reserved: Decimal;
}

export interface ReservationLine {
  readonly lineId: Id;
  readonly skuId: Id;
  readonly locationId: Id;
  /** Greater than zero. */
  readonly quantity: Decimal;
}

/** What one order asks for. */
export interface ReservationRequest {
  readonly id: Id;
  readonly requestedAt: Date;
  /** Whether the order takes what is there; otherwise it gets every line in full or nothing. */
  readonly partial: boolean;
  readonly lines: readonly ReservationLine[];
}

/** Part of a line, or all of it, that is now reserved. */
export interface ReservationGrant extends ReservationLine {
  readonly requestId: Id;
}

/** A line that asked for more than was left when its turn came. */
export interface StockShortage extends ReservationLine {
  readonly requestId: Id;
  /** What was left for this line; `quantity` is what it asked for. */
  readonly available: Decimal;
}

export interface ReservationDecision {
  readonly grants: readonly ReservationGrant[];
  readonly shortages: readonly StockShortage[];
}

/**
 * Decides a batch of reservations together: first come, first served by time of request (then by id, so
 * that every node decides alike). Never grants more than `onHand - reserved` of a balance; a SKU and
 * location without a balance have none.
 */
export function reserveStock(
  balances: readonly StockBalance[],
  requests: readonly ReservationRequest[],
): ReservationDecision {
  const left = new Map(
    balances.map((balance) => [stockKey(balance), balance.onHand.minus(balance.reserved)]),
  );
  const grants: ReservationGrant[] = [];
  const shortages: StockShortage[] = [];

  for (const request of requests.toSorted(byArrival)) {
    const taken = takeLines(left, request);
    shortages.push(...taken.shortages);
    if (taken.shortages.length > 0 && !request.partial) continue;
    grants.push(...taken.grants);
    for (const grant of taken.grants) {
      left.set(stockKey(grant), available(left, grant).minus(grant.quantity));
    }
  }
  return { grants, shortages };
}

/** What one request would get of what is left. Its lines share: two lines of one SKU draw on one balance. */
function takeLines(left: ReadonlyMap<string, Decimal>, request: ReservationRequest): ReservationDecision {
  const rest = new Map<string, Decimal>();
  const grants: ReservationGrant[] = [];
  const shortages: StockShortage[] = [];
  for (const line of request.lines) {
    const there = rest.get(stockKey(line)) ?? available(left, line);
    const granted = Decimal.min(there, line.quantity);
    rest.set(stockKey(line), there.minus(granted));
    if (granted.gt(0)) grants.push({ ...line, quantity: granted, requestId: request.id });
    if (granted.lt(line.quantity)) shortages.push({ ...line, available: there, requestId: request.id });
  }
  return { grants, shortages };
}

function available(left: ReadonlyMap<string, Decimal>, line: ReservationLine): Decimal {
  return Decimal.max(left.get(stockKey(line)) ?? 0, 0);
}

function stockKey({ skuId, locationId }: Pick<StockBalance, 'skuId' | 'locationId'>): string {
  return `${skuId} ${locationId}`;
}

function byArrival(a: ReservationRequest, b: ReservationRequest): number {
  return a.requestedAt.getTime() - b.requestedAt.getTime() || (a.id < b.id ? -1 : 1);
}
