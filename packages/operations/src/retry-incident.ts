import { authorize } from '@orderloom/access';

import { fail } from '@orderloom/kernel';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import type { OperationErrorCode } from './errors.ts';

export interface IncidentToRetry {
  readonly instanceId: string;
  readonly incidentId: string;
}

/** Lets the element behind an incident be tried again, after somebody mended the cause. */
export function retryIncident(call: Call, { instanceId, incidentId }: IncidentToRetry): Promise<void> {
  return perform(call, 'retryIncident', { instanceId, incidentId }, async (step) => {
    const { principal } = call;
    authorize(principal, 'retry', 'Incident');
    const [incident] = /^[0-9a-f-]{36}$/i.test(instanceId)
      ? await step.tx.query<{ element: string; code: string; business_key: string | null }>(
          `select incident.element, incident.code, instance.business_key
             from incident
             join process_instance instance on instance.tenant_id = incident.tenant_id and instance.id = incident.instance_id
            where incident.tenant_id = $1 and incident.instance_id = $2 and incident.id = $3
              and incident.resolved_at is null`,
          [principal.tenantId, instanceId, incidentId],
        )
      : [];
    if (!incident) {
      fail('INCIDENT_NOT_FOUND' satisfies OperationErrorCode, 'There is no such open incident.', {
        field: 'incidentId',
        fix: 'Open the order anew; somebody may have mended it.',
      });
    }
    step.apply(instanceId, { kind: 'retryIncident', incident: incidentId });
    await recordDeeds(step.tx, [
      {
        tenantId: principal.tenantId,
        orderId: incident.business_key,
        action: 'incident.retried',
        actor: actorOf(principal),
        data: { instanceId, element: incident.element, code: incident.code },
        at: step.now,
      },
    ]);
  });
}
