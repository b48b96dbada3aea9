import { formatDateTime, Notice, usePreferences, useTranslate } from '@orderloom/ui';
import { actorWords } from '../actor-words.ts';
import { orderMessages } from './messages.ts';
import type { OrderDetails } from './order-queries.ts';
import { inLanguage, reviewReasonsIn } from './review-reasons.ts';

export interface HoldNoticeProps {
  readonly order: Pick<OrderDetails, 'holds'> & {
    readonly process?: { readonly variables?: unknown } | null;
  };
}

/** Why the order waits, while it does. */
export function HoldNotice({ order }: HoldNoticeProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const open = order.holds.filter(({ releasedAt }) => releasedAt === null);
  const [first] = open;
  if (!first) return null;
  const reasons = reviewReasonsIn(order.process?.variables);
  return (
    <Notice tone="warning" title={t('heldTitle')}>
      <ul className="flex flex-col gap-0.5">
        {open.map(({ id, reason }) => (
          <li key={id}>{inLanguage(reason, reasons, locale)}</li>
        ))}
      </ul>
      <p className="mt-1 text-xs text-text-muted">
        {t('placedByAt', {
          who: actorWords(first.placedBy, locale),
          at: formatDateTime(first.placedAt, locale),
        })}
      </p>
    </Notice>
  );
}
