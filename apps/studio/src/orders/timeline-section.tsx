import { Checkbox, Section, Timeline, usePreferences, useTranslate, type TimelineEntry } from '@orderloom/ui';
import type { Locale, Translate } from '@orderloom/ui/i18n';
import { getRouteApi } from '@tanstack/react-router';
import { actorWords } from '../actor-words.ts';
import { orderMessages, pluginWords, type OrderMessageId } from './messages.ts';
import type { OrderDetails } from './order-queries.ts';
import { reviewReasonsIn, type ReviewReason } from './review-reasons.ts';
import { hasName, historyReason, historyTitle, historyTone, isNoteworthy } from './timeline-words.ts';

const route = getRouteApi('/orders/$number');

/** Who did what, when and why, the newest first. */
export function TimelineSection({ order }: { readonly order: OrderDetails }) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const { steps } = route.useSearch();
  const navigate = route.useNavigate();
  const reasons = reviewReasonsIn(order.process?.variables);
  const shown = order.timeline.filter((entry) => (steps === 'all' ? hasName(entry) : isNoteworthy(entry)));
  return (
    <Section
      title={t('timeline')}
      actions={
        <Checkbox
          isSelected={steps === 'all'}
          onChange={(isAll) =>
            void navigate({
              search: ({ steps: _before, ...others }) => (isAll ? { ...others, steps: 'all' } : others),
              replace: true,
              resetScroll: false,
            })
          }
        >
          {t('allSteps')}
        </Checkbox>
      }
    >
      <Timeline
        label={t('timelineOf', { number: order.number })}
        entries={shown.toReversed().map((entry) => timelineEntry(entry, reasons, locale, t))}
      />
    </Section>
  );
}

/** An entry of the history as the timeline shows it. */
export function timelineEntry(
  entry: OrderDetails['timeline'][number],
  reasons: readonly ReviewReason[],
  locale: Locale,
  t: Translate<OrderMessageId>,
): TimelineEntry {
  const { id, at, actor, actorName } = entry;
  return {
    id,
    at,
    title: historyTitle(entry, t),
    who: actor.startsWith('plugin:')
      ? t('plugin', { name: pluginWords(actorName) })
      : actorWords(actorName, locale),
    why: historyReason(entry, reasons, locale, t) ?? undefined,
    tone: historyTone(entry),
  };
}
