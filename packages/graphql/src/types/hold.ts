import { Hold } from '../objects.ts';
import { actorName } from '../reads/people.ts';

Hold.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind'),
    reason: t.exposeString('reason'),
    placedAt: t.expose('placedAt', { type: 'DateTime' }),
    placedBy: t.string({
      description: 'Name of who placed it.',
      resolve: ({ placedBy }, _args, context) => actorName(context, placedBy),
    }),
    releasedAt: t.expose('releasedAt', { type: 'DateTime', nullable: true }),
    releasedBy: t.string({
      nullable: true,
      resolve: ({ releasedBy }, _args, context) => releasedBy && actorName(context, releasedBy),
    }),
    releaseNote: t.exposeString('releaseNote', { nullable: true }),
  }),
});
