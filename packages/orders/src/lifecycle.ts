import { Decimal, fail } from '@orderloom/kernel';
import type { OrderErrorCode } from './errors.ts';

/** The stages people see, in the order an order reaches them. `cancelled` ends an order from any of them. */
export const ORDER_STAGES = [
  'received',
  'in_review',
  'confirmed',
  'reserved',
  'allocated',
  'picking',
  'packed',
  'shipped',
  'delivered',
  'closed',
  'cancelled',
] as const;

export type OrderStage = (typeof ORDER_STAGES)[number];

/** What goods of a line do one after the other; a quantity never overtakes the one before it. */
const GOODS_STAGES = ['reserved', 'allocated', 'picking', 'packed', 'shipped', 'delivered'] as const;

/**
 * Quantities of one line in the SKU's base unit. Each counts what ever reached it, net of what was undone:
 * `reserved` does not shrink when the goods ship, only when the reservation is released.
 */
export interface LineFacts {
  readonly ordered: Decimal;
  readonly cancelled: Decimal;
  readonly reserved: Decimal;
  /** Bound to a place and a pick list. Where nothing binds goods earlier, they are allocated by being picked. */
  readonly allocated?: Decimal;
  readonly picked: Decimal;
  readonly packed: Decimal;
  readonly shipped: Decimal;
  readonly delivered: Decimal;
}

export interface OrderFacts {
  /** Every hold ever placed; open until it is released. */
  readonly holds: readonly { readonly releasedAt: Date | null }[];
  readonly approvedAt: Date | null;
  /** The whole order, before anything was shipped. Parts are cancelled by their lines. */
  readonly cancelledAt: Date | null;
  readonly closedAt: Date | null;
  /** When stock was asked for and did not suffice; null while it does. */
  readonly stockShortAt?: Date | null;
  readonly lines: readonly LineFacts[];
}

export interface OrderState {
  /** The furthest stage that any goods of the order have reached. */
  readonly stage: OrderStage;
  /** Whether other goods of the order have still to reach that stage. */
  readonly partly: boolean;
  readonly onHold: boolean;
  readonly backordered: boolean;
  /** The one word for lists and filters: `in_review`, `on_hold`, `backordered`, `partly_shipped`, `closed`. */
  readonly name: string;
}

/** Where an order stands. Derived from what happened, never set, so that no two screens can disagree. */
export function orderState(facts: OrderFacts): OrderState {
  facts.lines.forEach(requireLineOrder);
  const live = facts.lines.filter(({ ordered, cancelled }) => ordered.gt(cancelled));
  const { stage, partly } = furthestStage(facts, live);
  const ended = stage === 'closed' || stage === 'cancelled';
  const onHold = !ended && facts.holds.some(({ releasedAt }) => releasedAt === null);
  const unreserved = live.some((line) => line.reserved.lt(line.ordered.minus(line.cancelled)));
  const backordered = !ended && unreserved && (facts.stockShortAt ?? null) !== null;
  return { stage, partly, onHold, backordered, name: stateName({ stage, partly, onHold, backordered }) };
}

/**
 * Fails when a line would hold delivered ≤ shipped ≤ packed ≤ picked ≤ allocated ≤ reserved ≤
 * ordered − cancelled no longer. Call it before writing new quantities.
 */
export function requireLineOrder(line: LineFacts): void {
  const ladder: readonly (readonly [name: string, quantity: Decimal])[] = [
    ['ordered less cancelled', line.ordered.minus(line.cancelled)],
    ['reserved', line.reserved],
    ['allocated', line.allocated ?? line.picked],
    ['picked', line.picked],
    ['packed', line.packed],
    ['shipped', line.shipped],
    ['delivered', line.delivered],
    ['nothing', new Decimal(0)],
  ];
  ladder.reduce(([before, atMost], [name, quantity]) => {
    if (quantity.gt(atMost)) {
      const message = `A line cannot have ${quantity.toString()} ${name} and ${atMost.toString()} ${before}.`;
      fail('ORDER_LINE_QUANTITIES' satisfies OrderErrorCode, message, {
        field: name,
        fix: `Record ${before} first, or correct the quantity ${name}.`,
      });
    }
    return [name, quantity];
  });
}

function furthestStage(facts: OrderFacts, live: readonly LineFacts[]): Pick<OrderState, 'stage' | 'partly'> {
  const whole = (stage: OrderStage) => ({ stage, partly: false });
  if (facts.cancelledAt !== null || (facts.lines.length > 0 && live.length === 0)) return whole('cancelled');
  if (facts.closedAt !== null) return whole('closed');
  if (facts.approvedAt === null) return whole(facts.holds.length > 0 ? 'in_review' : 'received');

  const stage = GOODS_STAGES.findLast((stage) => live.some((line) => reached(line, stage).gt(0)));
  if (!stage) return whole('confirmed');
  return { stage, partly: live.some((line) => reached(line, stage).lt(line.ordered.minus(line.cancelled))) };
}

function reached(line: LineFacts, stage: (typeof GOODS_STAGES)[number]): Decimal {
  if (stage === 'picking') return line.picked;
  return stage === 'allocated' ? (line.allocated ?? line.picked) : line[stage];
}

function stateName({ stage, partly, onHold, backordered }: Omit<OrderState, 'name'>): string {
  if (stage === 'in_review') return stage; // open holds are what the review is about
  if (onHold) return 'on_hold';
  if (backordered) return 'backordered';
  // Picking is under way from its first unit to its last, so there is no "partly picking".
  return partly && stage !== 'picking' ? `partly_${stage}` : stage;
}
