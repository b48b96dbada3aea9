import { useChanges, useQuery } from '@orderloom/client';
import {
  announce,
  Button,
  Facts,
  formatDate,
  formatDateTime,
  formatMoney,
  Link,
  usePreferences,
  useTranslate,
} from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Answer } from '../answer.tsx';
import { NotFoundPage } from '../dead-end-pages.tsx';
import { router } from '../router.tsx';
import { StudioPage } from '../studio-page.tsx';
import { PostalAddress } from './postal-address.tsx';
import { DecisionsSection } from './decisions-section.tsx';
import { DocumentsSection } from './documents-section.tsx';
import { HoldNotice } from './hold-notice.tsx';
import { IncidentNotices } from './incident-notices.tsx';
import { LinesSection } from './lines-section.tsx';
import { knownId, orderMessages } from './messages.ts';
import { orderChanged, orderQuery, type OrderDetails } from './order-queries.ts';
import { OrderStateBadge } from './order-state-badge.tsx';
import { ProcessSection } from './process-section.tsx';
import { ShipmentsSection } from './shipments-section.tsx';
import { StageSteps } from './stage-steps.tsx';
import { OrderTasksSection } from './order-tasks-section.tsx';
import { TimelineSection } from './timeline-section.tsx';
import { historyTitle, isNoteworthy } from './timeline-words.ts';

const route = getRouteApi('/orders/$number');

export function OrderPage() {
  const { number } = route.useParams();
  // Keyed, so that the page of one order never shows what was loaded for another.
  return <OrderOf key={number} number={number} />;
}

function OrderOf({ number }: { readonly number: string }) {
  const t = useTranslate(orderMessages);
  const query = useQuery(orderQuery, { number });
  const order = query.data?.orderByNumber;
  if (order === null) return <NotFoundPage />;
  return order ? (
    <Order order={order} query={query} />
  ) : (
    <StudioPage title={t('orderTitle', { number })}>
      <Answer query={query}>{() => null}</Answer>
    </StudioPage>
  );
}

interface OrderProps {
  readonly order: OrderDetails;
  readonly query: ReturnType<typeof useQuery<{ orderByNumber: OrderDetails | null }, { number: string }>>;
}

/** Everything about one order, as it is now: it changes on the screen when it changes anywhere. */
function Order({ order, query }: OrderProps) {
  const t = useTranslate(orderMessages);
  useChanges(orderChanged, { orderId: order.id }, query.refresh);
  useAnnouncedChanges(order);

  const { process } = order;
  const ownTask = order.tasks.find(({ allowedActions }) => allowedActions.includes('COMPLETE'));
  return (
    <StudioPage
      title={t('orderTitle', { number: order.number })}
      badge={<OrderStateBadge state={order.state} />}
      subtitle={`${order.customer.name} · ${t('poShort', { po: order.poNumber })}`}
      actions={
        ownTask && (
          <Button
            variant="primary"
            onPress={() => void router.navigate({ to: '/tasks/$taskId', params: { taskId: ownTask.id } })}
          >
            {ownTask.name}
          </Button>
        )
      }
    >
      <Answer query={query}>{() => null}</Answer>
      {process && (
        <StageSteps
          reached={process.stage}
          hasEnded={process.endedAt !== null}
          isCancelled={order.state === 'cancelled'}
        />
      )}
      {process && <IncidentNotices order={order} process={process} />}
      <HoldNotice order={order} />
      <OrderFacts order={order} />
      <ProcessSection order={order} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem] xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <LinesSection lines={order.lines} />
          <ShipmentsSection order={order} />
          <DecisionsSection decisions={process?.decisions ?? []} />
          <DocumentsSection order={order} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <OrderTasksSection tasks={order.tasks} />
          <TimelineSection order={order} />
        </div>
      </div>
    </StudioPage>
  );
}

function OrderFacts({ order }: { readonly order: OrderDetails }) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const { shipTo, total, intakeDocument } = order;
  const source = knownId('source', order.source);
  const came = source ? t(source) : order.source;
  return (
    <Facts
      facts={[
        { label: t('total'), value: formatMoney(total.amount, total.currency, locale) },
        { label: t('placedAt'), value: formatDateTime(order.placedAt, locale) },
        ...(order.requestedDeliveryOn
          ? [{ label: t('requestedOn'), value: formatDate(order.requestedDeliveryOn, locale) }]
          : []),
        ...(shipTo ? [{ label: t('shipTo'), value: <PostalAddress address={shipTo} /> }] : []),
        {
          label: t('source'),
          value: intakeDocument ? <Link href={`/inbound/${intakeDocument.id}`}>{came}</Link> : came,
        },
        ...(order.notes.length > 0 ? [{ label: t('notes'), value: order.notes.join(' ') }] : []),
      ]}
    />
  );
}

/** Says what is new to those who cannot see it change. */
function useAnnouncedChanges({ number, timeline }: OrderDetails): void {
  const t = useTranslate(orderMessages);
  const told = useRef(timeline.length);
  useEffect(() => {
    const news = timeline.slice(told.current).filter(isNoteworthy);
    told.current = timeline.length;
    if (news.length === 0) return;
    announce(t('updated', { number, what: news.map((entry) => historyTitle(entry, t)).join(', ') }));
  }, [number, timeline, t]);
}
