import { may } from '@orderloom/access';
import { useChanges, useQuery, useViewer } from '@orderloom/client';
import {
  Button,
  Card,
  EmptyState,
  formatDateTime,
  formatMoney,
  Link,
  Select,
  Table,
  TextField,
  usePreferences,
  useTranslate,
  type Locale,
  type TableColumn,
  type Translate,
} from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { PackageOpen, SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Answer } from '../answer.tsx';
import { TakeInDocumentButton } from '../intake/take-in-document.tsx';
import { Paging } from '../paging.tsx';
import type { OrdersSearch } from '../router.tsx';
import { StudioPage } from '../studio-page.tsx';
import { tasksChanged } from '../tasks/tasks-changed.ts';
import { useInterval } from '../use-interval.ts';
import { useNarrow } from '../use-narrow.ts';
import { orderMessages, type OrderMessageId } from './messages.ts';
import { ordersQuery, type OrderRow } from './order-queries.ts';
import { OrderStateBadge } from './order-state-badge.tsx';
import { ORDER_STATES, orderStateWords } from './order-state.ts';

const PAGE_SIZE = 25;
/** Changes of orders that open or close no task are seen this late. */
const REFRESH_MS = 10_000;

const route = getRouteApi('/orders');

/** Every order, the newest first. */
export function OrdersPage() {
  const t = useTranslate(orderMessages);
  const { state, search, after } = route.useSearch();
  const navigate = route.useNavigate();
  const { ability, tenant } = useViewer();
  const query = useQuery(ordersQuery, {
    first: PAGE_SIZE,
    after: after ?? null,
    state: state ?? null,
    search: search ?? null,
  });
  useChanges(tasksChanged, {}, query.refresh);
  useInterval(query.refresh, REFRESH_MS);

  const mayTakeIn = may(ability, 'create', 'Intake', { tenantId: tenant.id });
  const count = query.data?.orders.totalCount ?? 0;
  const isFiltered = state !== undefined || search !== undefined;
  const show = (change: OrdersSearch) => void navigate({ search: change, replace: true });

  return (
    <StudioPage
      title={t('orders')}
      subtitle={count > 0 && t('ordersCount', { count })}
      actions={mayTakeIn && <TakeInDocumentButton />}
    >
      <div role="search" className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 flex-1 sm:max-w-xs">
          <SearchField
            value={search ?? ''}
            onSearch={(wanted) => show({ ...(state && { state }), ...(wanted && { search: wanted }) })}
          />
        </div>
        <div className="w-44">
          <Select
            label={t('state')}
            options={[
              { value: ANY, label: t('anyState') },
              ...ORDER_STATES.map((value) => ({ value: value as string, label: orderStateWords(value, t) })),
            ]}
            value={state ?? ANY}
            onChange={(wanted) =>
              show({ ...(search && { search }), ...(wanted !== ANY && { state: wanted }) })
            }
          />
        </div>
        {isFiltered && (
          <Button variant="quiet" onPress={() => show({})}>
            {t('clearFilters')}
          </Button>
        )}
      </div>
      <Answer query={query}>
        {({ orders }) => (
          <>
            <Card hasPadding={false}>
              {orders.nodes.length > 0 ? (
                <OrdersTable orders={orders.nodes} />
              ) : isFiltered || after ? (
                <EmptyState icon={SearchX} title={t('noMatch')} description={t('noMatchText')} />
              ) : (
                <EmptyState
                  icon={PackageOpen}
                  title={t('noOrders')}
                  description={t('noOrdersText')}
                  action={mayTakeIn && <TakeInDocumentButton />}
                />
              )}
            </Card>
            <Paging
              isFirst={after === undefined}
              next={orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null}
              onGo={(cursor) =>
                void navigate({
                  search: (current) => {
                    const { after: _before, ...others } = current;
                    return cursor === null ? others : { ...others, after: cursor };
                  },
                })
              }
            />
          </>
        )}
      </Answer>
    </StudioPage>
  );
}

const ANY = 'any';

/** Searches when the typing pauses, so that not every letter is a question. */
function SearchField({
  value,
  onSearch,
}: {
  readonly value: string;
  readonly onSearch: (text: string) => void;
}) {
  const t = useTranslate(orderMessages);
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    // The address changed by other means: a cleared filter, the back button.
    setShown(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onSearch(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <TextField
      label={t('search')}
      type="search"
      placeholder={t('searchHint')}
      value={text}
      onChange={setText}
    />
  );
}

function OrdersTable({ orders }: { readonly orders: readonly OrderRow[] }) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const isNarrow = useNarrow();
  return (
    <Table
      label={t('orders')}
      columns={orderColumns(t, locale, isNarrow)}
      rows={orders}
      rowKey={(order) => order.id}
      rowHref={orderHref}
    />
  );
}

function orderHref({ number }: OrderRow): string {
  return `/orders/${number}`;
}

function orderColumns(
  t: Translate<OrderMessageId>,
  locale: Locale,
  isNarrow: boolean,
): readonly TableColumn<OrderRow>[] {
  const number: TableColumn<OrderRow> = {
    id: 'number',
    header: t('number'),
    cell: (order) => (
      <span className="flex flex-col py-1">
        <span className="font-medium whitespace-nowrap">
          <Link href={orderHref(order)}>{order.number}</Link>
        </span>
        {isNarrow && <span className="text-xs text-text-muted">{order.customer.name}</span>}
      </span>
    ),
  };
  const state: TableColumn<OrderRow> = {
    id: 'state',
    header: t('state'),
    cell: (order) => (
      <span className="flex flex-col items-start gap-1 py-1">
        <OrderStateBadge state={order.state} />
        {isNarrow && formatMoney(order.total.amount, order.total.currency, locale)}
      </span>
    ),
  };
  const total: TableColumn<OrderRow> = {
    id: 'total',
    header: t('total'),
    align: 'end',
    cell: ({ total: { amount, currency } }) => formatMoney(amount, currency, locale),
  };
  if (isNarrow) return [number, state];
  return [
    number,
    { id: 'customer', header: t('customer'), cell: (order) => order.customer.name },
    { id: 'poNumber', header: t('poNumber'), cell: (order) => order.poNumber },
    state,
    {
      id: 'placedAt',
      header: t('placedAt'),
      cell: (order) => <span className="whitespace-nowrap">{formatDateTime(order.placedAt, locale)}</span>,
    },
    total,
  ];
}
