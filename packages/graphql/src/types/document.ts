import { Document } from '../objects.ts';

Document.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind'),
    fileName: t.exposeString('fileName'),
    mediaType: t.exposeString('mediaType'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    url: t.string({
      description: 'Path on this server; asks for the same session.',
      resolve: ({ id }) => `/documents/${id}`,
    }),
  }),
});
