import { OrderloomError } from '@orderloom/kernel';
import { builder } from '../builder.ts';

/** Mutations answer with it; in queries the same facts are extensions of the error. */
builder.objectType(OrderloomError, {
  name: 'Failure',
  description: 'An expected failure: what is wrong, where, and how to mend it.',
  fields: (t) => ({
    code: t.exposeString('code'),
    message: t.exposeString('message'),
    field: t.string({ nullable: true, resolve: ({ field }) => field ?? null }),
    fix: t.string({ nullable: true, resolve: ({ fix }) => fix ?? null }),
  }),
});
