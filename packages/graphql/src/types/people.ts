import { Party, Person, Tenant, User } from '../objects.ts';

Party.implement({ fields: (t) => ({ id: t.exposeID('id'), name: t.exposeString('name') }) });

Person.implement({ fields: (t) => ({ id: t.exposeID('id'), name: t.exposeString('name') }) });

User.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    email: t.exposeString('email'),
    language: t.exposeString('language', { description: 'BCP 47 tag.' }),
  }),
});

Tenant.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    slug: t.exposeString('slug'),
    name: t.exposeString('name'),
    timeZone: t.exposeString('timeZone', { description: 'IANA time zone.' }),
    currency: t.exposeString('currency'),
  }),
});
