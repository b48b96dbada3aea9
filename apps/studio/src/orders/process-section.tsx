import { useQuery } from '@orderloom/client';
import { EmptyState, Section, Skeleton, useTranslate } from '@orderloom/ui';
import { Workflow } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Answer } from '../answer.tsx';
import { studioMessages } from '../messages.ts';
import { orderMessages } from './messages.ts';
import { processXmlQuery, type OrderDetails, type OrderProcessDetails } from './order-queries.ts';

/** The editor is large and comes when the rest of the page is there. */
const ProcessView = lazy(async () => ({ default: (await import('./process-view.tsx')).ProcessView }));

/** The drawn process with the order's way through it. */
export function ProcessSection({ order }: { readonly order: OrderDetails }) {
  const t = useTranslate(orderMessages);
  const { process } = order;
  if (!process) {
    return (
      <Section title={t('process')}>
        <EmptyState icon={Workflow} title={t('noProcess')} />
      </Section>
    );
  }
  const { name, version } = process.definition;
  return (
    <Section title={t('process')} description={t('processVersion', { name, version })} hasPadding={false}>
      <ProcessOf order={order} process={process} />
    </Section>
  );
}

interface ProcessOfProps {
  readonly order: OrderDetails;
  readonly process: OrderProcessDetails;
}

function ProcessOf({ order, process }: ProcessOfProps) {
  const t = useTranslate(studioMessages);
  const query = useQuery(processXmlQuery, { id: process.definition.id });
  return (
    <div className="min-h-[31.25rem]">
      <Answer query={query}>
        {({ processDefinition }) =>
          processDefinition && (
            <Suspense fallback={<Skeleton label={t('loading')} lines={6} />}>
              <ProcessView definition={processDefinition} order={order} process={process} />
            </Suspense>
          )
        }
      </Answer>
    </div>
  );
}
