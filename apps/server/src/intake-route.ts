import { fail } from '@orderloom/kernel';
import { takeInDocument, type IntakeOutcome, type Platform } from '@orderloom/operations';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerErrorCode } from './errors.ts';
import type { FindViewer } from './find-viewer.ts';
import { requireViewer } from './require-viewer.ts';
import { isSameOrigin } from './same-origin.ts';

const statuses: Readonly<Record<IntakeOutcome['disposition'], number>> = {
  accepted: 201,
  exceptions: 201,
  mixed: 200,
  duplicate: 409,
  rejected: 422,
};

const bodyLimit = 10 * 1024 * 1024;

/**
 * `POST /intake?fileName=`: a document of any kind as the body, as it lies on the sender's disk. Answers what
 * became of it. The header `idempotency-key` makes repeating safe.
 */
export async function addIntakeRoute(
  app: FastifyInstance,
  platform: Platform,
  findViewer: FindViewer,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Querystring: { fileName?: string }; Body: Buffer | undefined }>(
      '/intake',
      {
        bodyLimit,
        schema: {
          querystring: {
            type: 'object',
            properties: { fileName: { type: 'string', minLength: 1, maxLength: 255 } },
          },
          headers: {
            type: 'object',
            properties: { 'idempotency-key': { type: 'string', minLength: 1, maxLength: 255 } },
          },
        },
      },
      async (request, reply) => {
        requireOwnPage(request);
        const { principal } = await requireViewer(findViewer, fromNodeHeaders(request.headers));
        const idempotencyKey = request.headers['idempotency-key'];
        const outcome = await takeInDocument(
          { platform, principal, ...(typeof idempotencyKey === 'string' && { idempotencyKey }) },
          {
            channel: 'http',
            fileName: request.query.fileName ?? null,
            bytes: request.body ?? Buffer.alloc(0),
          },
        );
        return reply.code(statuses[outcome.disposition]).send(outcome);
      },
    );
  });
}

/** A browser adds the cookie to whatever any page sends, so with one the page has to be of this server. */
function requireOwnPage({ headers }: FastifyRequest): void {
  if (headers.cookie === undefined || isSameOrigin(headers.origin, headers.host)) return;
  fail('CROSS_SITE' satisfies ServerErrorCode, 'This request did not come from a page of this server.', {
    field: 'origin',
    fix: 'From a script, send the session token as "authorization: Bearer ..." and no cookie.',
  });
}
