import { readDiagram, type Diagram } from '@orderloom/bpmn';
import { nameIn, ProcessDiagram, ProcessOutline, type LivePosition, type LiveState } from '@orderloom/editor';
import { IconButton, Link, Tabs, Timeline, usePreferences, useTranslate } from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { use, useId, useMemo } from 'react';
import { useNarrow } from '../use-narrow.ts';
import { orderMessages } from './messages.ts';
import type { OrderDetails, OrderProcessDetails } from './order-queries.ts';
import { reviewReasonsIn } from './review-reasons.ts';
import { timelineEntry } from './timeline-section.tsx';

export interface ProcessViewProps {
  readonly definition: { readonly id: string; readonly xml: string };
  readonly order: OrderDetails;
  readonly process: OrderProcessDetails;
}

const route = getRouteApi('/orders/$number');

/** The process as it was drawn, or the same as a list; what happened at a step is told when it is chosen. */
export function ProcessView({ definition, order, process }: ProcessViewProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const isNarrow = useNarrow();
  const navigate = route.useNavigate();
  const { view = isNarrow ? 'outline' : 'diagram', element = null } = route.useSearch();
  const diagram = use(diagramOf(definition));
  const positions = useMemo(() => process.positions.map(livePosition), [process.positions]);

  const choose = (chosen: string | null) =>
    void navigate({
      search: ({ element: _before, ...others }) =>
        chosen === null ? others : { ...others, element: chosen },
      replace: true,
      resetScroll: false,
    });
  const shared = { diagram, positions, locale, selectedElementId: element, onSelect: choose };
  return (
    <>
      <div className="[&_[role=tablist]]:px-4">
        <Tabs
          label={t('processViews')}
          selectedId={view}
          onSelect={(id) =>
            void navigate({
              search: (current) => ({ ...current, view: id === 'outline' ? 'outline' : 'diagram' }),
              replace: true,
              resetScroll: false,
            })
          }
          items={[
            {
              id: 'diagram',
              label: t('diagram'),
              content: (
                <div className="-mt-4">
                  <ProcessDiagram {...shared} takenFlows={process.takenFlows} height="29rem" />
                </div>
              ),
            },
            {
              id: 'outline',
              label: t('outline'),
              content: (
                <div className="-mt-2 max-h-[28rem] overflow-y-auto px-2 pb-2">
                  <ProcessOutline {...shared} />
                </div>
              ),
            },
          ]}
        />
      </div>
      {element !== null && (
        <Step
          elementId={element}
          diagram={diagram}
          order={order}
          variables={process.variables}
          onClose={() => choose(null)}
        />
      )}
    </>
  );
}

interface StepProps {
  readonly elementId: string;
  readonly diagram: Diagram;
  readonly order: OrderDetails;
  readonly variables: unknown;
  readonly onClose: () => void;
}

/** What happened at one step of the process. */
function Step({ elementId, diagram, order, variables, onClose }: StepProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const headingId = useId();
  const shape = diagram.planes.flatMap(({ shapes }) => shapes).find((it) => it.elementId === elementId);
  if (!shape) return null;
  const name = nameIn(shape, locale) || elementId;
  const history = order.timeline.filter((entry) => entry.elementId === elementId);
  const task = order.tasks.find((it) => it.elementId === elementId && it.state === 'OPEN');
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-3 border-t border-line p-4">
      <div className="flex items-start justify-between gap-4">
        <h3 id={headingId} className="font-medium">
          {t('stepTitle', { name })}
        </h3>
        <IconButton icon={X} label={t('closeStep')} onPress={onClose} />
      </div>
      {task && (
        <p>
          <Link href={`/tasks/${task.id}`}>{t('doTask')}</Link>
        </p>
      )}
      {history.length === 0 ? (
        <p className="text-text-muted">{t('stepNothing')}</p>
      ) : (
        <Timeline
          label={t('stepTitle', { name })}
          entries={history.map((entry) => timelineEntry(entry, reviewReasonsIn(variables), locale, t))}
        />
      )}
    </section>
  );
}

const diagrams = new Map<string, Promise<Diagram>>();

/** A version of a process never changes, so its drawing is read once. */
function diagramOf({ id, xml }: ProcessViewProps['definition']): Promise<Diagram> {
  const known = diagrams.get(id) ?? readDiagram(xml);
  diagrams.set(id, known);
  return known;
}

const STATE: Readonly<Record<OrderProcessDetails['positions'][number]['state'], LiveState>> = {
  ACTIVE: 'active',
  COMPLETED: 'completed',
  INCIDENT: 'incident',
  CANCELLED: 'cancelled',
};

function livePosition({
  elementId,
  state,
  count,
  note,
}: OrderProcessDetails['positions'][number]): LivePosition {
  return { elementId, state: STATE[state], count, ...(note !== null && { note }) };
}
