import { may } from '@orderloom/access';
import type { Database } from '@orderloom/database';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyInstance } from 'fastify';
import { answerNotFound } from './answer-error.ts';
import type { FindViewer } from './find-viewer.ts';
import { requireViewer } from './require-viewer.ts';

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `GET /documents/:id`: a label or the like, to be saved and not shown in a page of this server. */
export function addDocumentRoute(app: FastifyInstance, database: Database, findViewer: FindViewer): void {
  app.get<{ Params: { id: string } }>('/documents/:id', async (request, reply) => {
    const { tenant, ability } = await requireViewer(findViewer, fromNodeHeaders(request.headers));
    const document = id.test(request.params.id)
      ? await database.read(tenant.id, (client) =>
          client.document.findFirst({ where: { id: request.params.id } }),
        )
      : null;
    if (!document || !may(ability, 'read', 'Document', document)) return answerNotFound(request, reply);
    return reply
      .header('content-type', document.mediaType)
      .header('content-disposition', attachment(document.fileName))
      .header('cache-control', 'private, no-store')
      .send(Buffer.from(document.content));
  });
}

/** RFC 6266: a name for old clients, and the real one. */
function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .-]/g, '_');
  const encoded = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
