import { toNodeHandler } from 'better-auth/node';
import type { FastifyInstance } from 'fastify';
import { clientAddressHeader, type Auth } from './auth.ts';

/** Signing in and out, at `/api/auth/*`. better-auth reads and answers on the socket itself. */
export async function addAuthRoutes(app: FastifyInstance, auth: Auth): Promise<void> {
  const handle = toNodeHandler(auth);
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/api/auth/*', async (request, reply) => {
      request.raw.headers[clientAddressHeader] = request.ip;
      reply.hijack();
      await handle(request.raw, reply.raw);
    });
  });
}
