import type { Locale, Tone, Translate } from '@orderloom/ui';
import { knownId, plainWords, type OrderMessageId } from './messages.ts';
import { inLanguage, type ReviewReason } from './review-reasons.ts';

/** A line of an order's history, as the server tells it. */
export interface HistoryEntry {
  readonly actor: string;
  readonly actorName: string;
  readonly kind: 'RECORD' | 'PROCESS';
  readonly action: string;
  readonly elementId: string | null;
  readonly elementName: string | null;
  readonly reason: string | null;
}

/** What happened, in plain words: `Review order: done`, `Carrier: In transit`. */
export function historyTitle({ action, elementName }: HistoryEntry, t: Translate<OrderMessageId>): string {
  const status = /^shipment\.(?!booked$)(.+)$/.exec(action)?.[1];
  if (status !== undefined) {
    return t('action_shipment_status', { status: trackingWords(status.replaceAll('-', '_'), t) });
  }
  const id = knownId('action', action);
  return id ? t(id, { element: elementName ?? '' }) : plainWords(action);
}

export function trackingWords(status: string, t: Translate<OrderMessageId>): string {
  const id = knownId('tracking', status);
  return id ? t(id) : plainWords(status);
}

/** Why it happened; null when nobody said. */
export function historyReason(
  { reason }: HistoryEntry,
  reasons: readonly ReviewReason[],
  locale: Locale,
  t: Translate<OrderMessageId>,
): string | null {
  if (reason === null || reason === '') return null;
  // The one sentence that the product itself writes as a reason.
  if (reason === 'No review rule asked for a person.') return t('noRuleAsked');
  return inLanguage(reason, reasons, locale);
}

const TONES: Readonly<Record<string, Tone>> = {
  'order.placed': 'accent',
  'order.held': 'warning',
  'order.approved': 'success',
  'order.cancelled': 'danger',
  'order.closed': 'success',
  'review.overdue': 'warning',
  'stock.short': 'warning',
  'goods.picked-short': 'warning',
  'goods.delivered': 'success',
  'shipment.delivered': 'success',
  'shipment.delivery-failed': 'danger',
  'shipment.exception': 'warning',
  'task.completed': 'success',
  'incident.raised': 'danger',
  'error.thrown': 'warning',
};

export function historyTone({ action }: HistoryEntry): Tone {
  return TONES[action] ?? 'neutral';
}

/**
 * Whether an entry says something about the order itself. The steps the process took on its way are told only
 * when asked for, but for its troubles.
 */
export function isNoteworthy({ kind, action }: HistoryEntry): boolean {
  return kind === 'RECORD' || action.startsWith('incident.') || action === 'error.thrown';
}

/** A gateway without a name says nothing to a reader. */
export function hasName({ elementId, elementName }: HistoryEntry): boolean {
  return elementId === null || elementName !== elementId;
}
