import { packRules } from '@orderloom/access';
import { builder } from '../builder.ts';
import { Tenant, User, Viewer } from '../objects.ts';

Viewer.implement({
  fields: (t) => ({
    user: t.expose('user', { type: User }),
    tenant: t.expose('tenant', {
      type: Tenant,
      description: 'Where the viewer acts. Another one is chosen by the header `x-orderloom-tenant`.',
    }),
    tenants: t.field({
      type: [Tenant],
      description: 'Every tenant the user belongs to.',
      resolve: ({ tenants }) => tenants,
    }),
    roles: t.stringList({ resolve: ({ principal }) => [...principal.roles] }),
    rules: t.field({
      type: 'JSON',
      description: 'What the roles allow, packed; `unpackRules` of the access package reads it.',
      resolve: ({ ability }) => packRules(ability),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    skipTypeScopes: true,
    description: 'Null when nobody is signed in.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
