import { Address } from '../objects.ts';

Address.implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    lines: t.exposeStringList('lines'),
    city: t.exposeString('city'),
    region: t.string({ nullable: true, resolve: ({ region }) => region ?? null }),
    postalCode: t.exposeString('postalCode'),
    country: t.exposeString('country', { description: 'ISO 3166-1 alpha-2.' }),
  }),
});
