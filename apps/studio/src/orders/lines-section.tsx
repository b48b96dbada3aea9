import {
  formatNumber,
  Section,
  Table,
  usePreferences,
  useTranslate,
  type Locale,
  type TableColumn,
  type Translate,
} from '@orderloom/ui';
import { lineColumns } from './line-columns.tsx';
import { orderMessages, type OrderMessageId } from './messages.ts';
import type { OrderDetails } from './order-queries.ts';

type Line = OrderDetails['lines'][number];

/** What goods of a line do one after the other. */
const STAGES = ['reserved', 'picked', 'packed', 'shipped', 'delivered'] as const;

export interface LinesSectionProps {
  readonly lines: readonly Line[];
}

/** What was ordered, and how much of it has come how far. */
export function LinesSection({ lines }: LinesSectionProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  return (
    <Section title={t('lines')} hasPadding={false}>
      <Table label={t('lines')} columns={columnsFor(lines, t, locale)} rows={lines} rowKey={({ id }) => id} />
    </Section>
  );
}

function columnsFor(
  lines: readonly Line[],
  t: Translate<OrderMessageId>,
  locale: Locale,
): readonly TableColumn<Line>[] {
  const { item, ordered, total } = lineColumns<Line>(t, locale);
  const cancelled: TableColumn<Line> = {
    id: 'cancelled',
    header: t('cancelled'),
    align: 'end',
    cell: (line) => formatNumber(line.cancelled, locale),
  };
  const reached = STAGES.map((stage): TableColumn<Line> => ({
    id: stage,
    header: t(stage),
    align: 'end',
    cell: (line) => <Reached quantity={line[stage]} line={line} />,
  }));
  const hasCancelled = lines.some((line) => Number(line.cancelled) !== 0);
  return [item, ordered, ...(hasCancelled ? [cancelled] : []), ...reached, total];
}

/** How much has reached a stage: strong when all of the line has, quiet when none of it. */
function Reached({ quantity, line }: { readonly quantity: string; readonly line: Line }) {
  const { locale } = usePreferences();
  const isNone = Number(quantity) === 0;
  const isAll = !isNone && Number(quantity) === Number(line.ordered) - Number(line.cancelled);
  const look = isNone ? 'text-text-muted' : isAll ? 'font-semibold text-success' : '';
  return <span className={look}>{formatNumber(quantity, locale)}</span>;
}
