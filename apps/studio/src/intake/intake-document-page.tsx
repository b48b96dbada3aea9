import { useQuery } from '@orderloom/client';
import {
  Badge,
  Facts,
  formatDateTime,
  formatMoney,
  Link,
  Section,
  usePreferences,
  useTranslate,
} from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { actorWords } from '../actor-words.ts';
import { Answer } from '../answer.tsx';
import { NotFoundPage } from '../dead-end-pages.tsx';
import { OrderStateBadge } from '../orders/order-state-badge.tsx';
import { StudioPage } from '../studio-page.tsx';
import { DispositionBadge } from './disposition-badge.tsx';
import { intakeDocumentQuery, type IntakeDetails, type IntakeProblem } from './intake-queries.ts';
import { intakeMessages } from './messages.ts';

const route = getRouteApi('/inbound/$documentId');

export function IntakeDocumentPage() {
  const t = useTranslate(intakeMessages);
  const { documentId } = route.useParams();
  const query = useQuery(intakeDocumentQuery, { id: documentId });
  const document = query.data?.intakeDocument;
  if (document === null) return <NotFoundPage />;
  if (document && document.id === documentId) return <DocumentOf document={document} />;
  return (
    <StudioPage title={t('intake')}>
      <Answer query={query}>{() => null}</Answer>
    </StudioPage>
  );
}

/** What a document held, what was wrong with it and where, what became of it, and what its sender was told. */
function DocumentOf({ document }: { readonly document: IntakeDetails }) {
  const t = useTranslate(intakeMessages);
  const { locale } = usePreferences();
  const { fileName, disposition, channel, format, problems, transactions, acknowledgement } = document;
  return (
    <StudioPage
      title={fileName ?? t('noFileName')}
      badge={<DispositionBadge disposition={disposition} />}
      subtitle={t(`taken_${disposition}`)}
    >
      <Facts
        facts={[
          { label: t('receivedAt'), value: formatDateTime(document.receivedAt, locale) },
          { label: t('receivedBy'), value: actorWords(document.receivedBy, locale) },
          { label: t('channel'), value: channelWords(channel) },
          { label: t('format'), value: format.toUpperCase() },
        ]}
      />
      {problems.length > 0 && (
        <Section title={t('documentProblems')}>
          <Problems problems={problems} />
        </Section>
      )}
      <Section title={t('transactions')}>
        {transactions.length === 0 && <p className="text-text-muted">{t('noTransactions')}</p>}
        <ul className="flex flex-col divide-y divide-line">
          {transactions.map((transaction) => (
            <li key={transaction.control} className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
              <Transaction transaction={transaction} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('acknowledgement')} description={t('acknowledgementHint')}>
        {acknowledgement ? (
          // Scrolls on its own, so the keyboard must reach it.
          <pre tabIndex={0} className="overflow-x-auto font-mono text-xs whitespace-pre">
            {acknowledgement}
          </pre>
        ) : (
          <p className="text-text-muted">{t('noAcknowledgement')}</p>
        )}
      </Section>
    </StudioPage>
  );

  function channelWords(name: string): string {
    return name === 'cli' || name === 'graphql' || name === 'http' ? t(`channel_${name}`) : name;
  }
}

function Transaction({ transaction }: { readonly transaction: IntakeDetails['transactions'][number] }) {
  const t = useTranslate(intakeMessages);
  const { locale } = usePreferences();
  const { control, disposition, order, problems } = transaction;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{t('transaction', { control: control ?? '' })}</h3>
        <DispositionBadge disposition={disposition} />
      </div>
      {order && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link href={`/orders/${order.number}`}>{t('became', { number: order.number })}</Link>
          <span className="text-text-muted">
            {order.customer.name} · {formatMoney(order.total.amount, order.total.currency, locale)}
          </span>
          <OrderStateBadge state={order.state} />
        </p>
      )}
      {problems.length === 0 ? (
        <p className="text-text-muted">{t('noProblems')}</p>
      ) : (
        <Problems problems={problems} />
      )}
    </>
  );
}

/** Each problem with where it is, what to do, and its code. */
function Problems({ problems }: { readonly problems: readonly IntakeProblem[] }) {
  const t = useTranslate(intakeMessages);
  return (
    <ul aria-label={t('problems')} className="flex flex-col gap-2">
      {problems.map(({ code, severity, message, located, fix }) => (
        <li
          key={`${code} ${located} ${message}`}
          className="flex flex-col gap-1 rounded-md bg-sunken px-3 py-2.5"
        >
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={severity === 'rejection' ? 'danger' : 'warning'}>
              {t(severity === 'rejection' ? 'rejection' : 'exception')}
            </Badge>
            <span className="font-mono text-xs text-text-muted">{t('located', { located })}</span>
          </div>
          <p className="font-medium break-words">{message}</p>
          <p className="break-words">{fix}</p>
          <p className="font-mono text-xs text-text-muted">{code}</p>
        </li>
      ))}
    </ul>
  );
}
