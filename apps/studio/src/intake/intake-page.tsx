import { may } from '@orderloom/access';
import { useQuery, useViewer } from '@orderloom/client';
import {
  Card,
  EmptyState,
  formatDateTime,
  Link,
  Table,
  usePreferences,
  useTranslate,
  type Locale,
  type TableColumn,
  type Translate,
} from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { actorWords } from '../actor-words.ts';
import { Answer } from '../answer.tsx';
import { ForbiddenPage } from '../dead-end-pages.tsx';
import { Paging } from '../paging.tsx';
import { StudioPage } from '../studio-page.tsx';
import { useInterval } from '../use-interval.ts';
import { useNarrow } from '../use-narrow.ts';
import { DispositionBadge } from './disposition-badge.tsx';
import { intakeDocumentsQuery, type IntakeRow } from './intake-queries.ts';
import { intakeMessages, type IntakeMessageId } from './messages.ts';
import { TakeInDocumentButton } from './take-in-document.tsx';

const PAGE_SIZE = 25;
const REFRESH_MS = 10_000;

const route = getRouteApi('/inbound');

export function IntakePage() {
  const { ability, tenant } = useViewer();
  return may(ability, 'read', 'Intake', { tenantId: tenant.id }) ? <Documents /> : <ForbiddenPage />;
}

/** Every document that came in, the newest first. */
function Documents() {
  const t = useTranslate(intakeMessages);
  const { ability, tenant } = useViewer();
  const { after } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(intakeDocumentsQuery, { first: PAGE_SIZE, after: after ?? null });
  useInterval(query.refresh, REFRESH_MS);
  const mayTakeIn = may(ability, 'create', 'Intake', { tenantId: tenant.id });
  return (
    <StudioPage title={t('intake')} subtitle={t('subtitle')} actions={mayTakeIn && <TakeInDocumentButton />}>
      <Answer query={query}>
        {({ intakeDocuments: { nodes, pageInfo } }) => (
          <>
            <Card hasPadding={false}>
              {nodes.length > 0 ? (
                <DocumentsTable documents={nodes} />
              ) : (
                <EmptyState
                  icon={Inbox}
                  title={t('noDocuments')}
                  description={t('noDocumentsText')}
                  action={mayTakeIn && <TakeInDocumentButton />}
                />
              )}
            </Card>
            <Paging
              isFirst={after === undefined}
              next={pageInfo.hasNextPage ? pageInfo.endCursor : null}
              onGo={(cursor) => void navigate({ search: cursor === null ? {} : { after: cursor } })}
            />
          </>
        )}
      </Answer>
    </StudioPage>
  );
}

function DocumentsTable({ documents }: { readonly documents: readonly IntakeRow[] }) {
  const t = useTranslate(intakeMessages);
  const { locale } = usePreferences();
  const isNarrow = useNarrow();
  return (
    <Table
      label={t('intake')}
      columns={documentColumns(t, locale, isNarrow)}
      rows={documents}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/inbound/${id}`}
    />
  );
}

function documentColumns(
  t: Translate<IntakeMessageId>,
  locale: Locale,
  isNarrow: boolean,
): readonly TableColumn<IntakeRow>[] {
  const file: TableColumn<IntakeRow> = {
    id: 'file',
    header: t('file'),
    cell: ({ id, fileName, receivedAt }) => (
      <span className="flex flex-col py-1">
        <span className="font-medium break-all">
          <Link href={`/inbound/${id}`}>{fileName ?? t('noFileName')}</Link>
        </span>
        {isNarrow && <span className="text-xs text-text-muted">{formatDateTime(receivedAt, locale)}</span>}
      </span>
    ),
  };
  const disposition: TableColumn<IntakeRow> = {
    id: 'disposition',
    header: t('disposition'),
    cell: (document) => <DispositionBadge disposition={document.disposition} />,
  };
  if (isNarrow) return [file, disposition];
  return [
    file,
    disposition,
    {
      id: 'orders',
      header: t('orders'),
      cell: ({ transactions }) => transactions.flatMap(({ order }) => order?.number ?? []).join(', '),
    },
    {
      id: 'receivedAt',
      header: t('receivedAt'),
      cell: ({ receivedAt }) => (
        <span className="whitespace-nowrap">{formatDateTime(receivedAt, locale)}</span>
      ),
    },
    {
      id: 'receivedBy',
      header: t('receivedBy'),
      cell: ({ receivedBy }) => actorWords(receivedBy, locale),
    },
  ];
}
