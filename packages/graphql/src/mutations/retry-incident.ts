import { OrderloomError } from '@orderloom/kernel';
import { retryIncident } from '@orderloom/operations';
import { builder } from '../builder.ts';
import { beginCall } from './begin-call.ts';

const RetryIncidentInput = builder.inputType('RetryIncidentInput', {
  fields: (t) => ({ idempotencyKey: t.string(), instanceId: t.id(), incidentId: t.id() }),
});

const RetryIncidentPayload = builder
  .objectRef<{ readonly instanceId: string }>('RetryIncidentPayload')
  .implement({ fields: (t) => ({ instanceId: t.exposeID('instanceId') }) });

builder.mutationField('retryIncident', (t) =>
  t.field({
    type: RetryIncidentPayload,
    errors: { types: [OrderloomError], union: { name: 'RetryIncidentResult' } },
    args: { input: t.arg({ type: RetryIncidentInput }) },
    resolve: async (_root, { input: { idempotencyKey, ...incident } }, context) => {
      await retryIncident(await beginCall(context, idempotencyKey), incident);
      return { instanceId: incident.instanceId };
    },
  }),
);
