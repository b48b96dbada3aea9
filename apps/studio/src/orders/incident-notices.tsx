import { useMutation } from '@orderloom/client';
import { announce, Button, formatDateTime, Notice, toast, usePreferences, useTranslate } from '@orderloom/ui';
import { RotateCw } from 'lucide-react';
import { problemWords } from '../problem-words.ts';
import { orderMessages } from './messages.ts';
import { retryIncident, type OrderDetails, type OrderProcessDetails } from './order-queries.ts';

export interface IncidentNoticesProps {
  readonly order: OrderDetails;
  readonly process: OrderProcessDetails;
}

/** Where the process could not go on, and the button that lets it try again. */
export function IncidentNotices({ order, process }: IncidentNoticesProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const retry = useMutation(retryIncident);
  const open = process.incidents.filter(({ resolvedAt }) => resolvedAt === null);

  async function tryAgain({ id, elementName }: (typeof open)[number]) {
    const answer = await retry.run({ instanceId: process.instanceId, incidentId: id });
    if (answer.ok) {
      announce(t('retried', { element: elementName }));
      return;
    }
    const { message, fix } = problemWords(answer.error, locale);
    toast({ tone: 'danger', title: message, ...(fix !== undefined && { description: fix }) });
  }

  return open.map((incident) => (
    <Notice
      key={incident.id}
      tone="danger"
      title={t('incidentAt', { element: incident.elementName })}
      fix={incident.message}
      code={incident.code}
      action={
        order.allowedActions.includes('RETRY_INCIDENT') && (
          <Button icon={RotateCw} isPending={retry.isRunning} onPress={() => void tryAgain(incident)}>
            {t('retry')}
          </Button>
        )
      }
    >
      <p className="text-xs text-text-muted">
        {t('incidentSince', { at: formatDateTime(incident.raisedAt, locale) })}
      </p>
    </Notice>
  ));
}
