import type { OrderStage } from '@orderloom/orders';
import type { Tone, Translate } from '@orderloom/ui';
import { knownId, plainWords, type OrderMessageId } from './messages.ts';

/** The words `Order.state` may be, in the order an order comes through them; the filter offers them. */
export const ORDER_STATES = [
  'received',
  'in_review',
  'on_hold',
  'confirmed',
  'backordered',
  'partly_reserved',
  'reserved',
  'picking',
  'partly_packed',
  'packed',
  'partly_shipped',
  'shipped',
  'partly_delivered',
  'delivered',
  'closed',
  'cancelled',
] as const satisfies readonly (OrderStage | `partly_${OrderStage}` | 'on_hold' | 'backordered')[];

export function orderStateWords(state: string, t: Translate<OrderMessageId>): string {
  const id = knownId('state', state);
  return id ? t(id) : plainWords(state);
}

/** Warning: it waits for somebody. Success: it is at its good end. */
export function orderStateTone(state: string): Tone {
  if (['in_review', 'on_hold', 'backordered'].includes(state)) return 'warning';
  if (state === 'delivered' || state === 'closed') return 'success';
  return state === 'cancelled' || state === 'received' ? 'neutral' : 'accent';
}
