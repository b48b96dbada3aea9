import { may } from '@orderloom/access';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { TimelineEntry } from '../objects.ts';

const TimelineKind = builder.enumType('TimelineKind', {
  values: {
    PROCESS: { description: 'A step of the process.' },
    RECORD: { description: 'A change of the order.' },
  } as const,
});

TimelineEntry.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    at: t.expose('at', { type: 'DateTime' }),
    actor: t.exposeString('actor', { description: '`user:<id>`, `system`, `plugin:<id>`.' }),
    actorName: t.exposeString('actorName'),
    kind: t.expose('kind', { type: TimelineKind }),
    action: t.exposeString('action', {
      description: 'Noun and past participle: `order.placed`, `hold.released`, `element.completed`.',
    }),
    elementId: t.exposeString('elementId', { nullable: true }),
    elementName: t.exposeString('elementName', { nullable: true }),
    reason: t.exposeString('reason', { nullable: true }),
    data: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What was recorded with it; null when the viewer may not see it.',
      resolve: ({ data }, _args, context) => {
        const { ability, tenant } = viewerOf(context);
        return may(ability, 'read', 'Order', { tenantId: tenant.id }, 'auditData') ? data : null;
      },
    }),
  }),
});
