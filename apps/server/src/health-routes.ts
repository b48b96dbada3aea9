import type { Platform } from '@orderloom/operations';
import type { FastifyInstance } from 'fastify';

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, which it can while the database answers; it migrated
 * it before it began to listen, and its worker runs from then until it stops.
 */
export function addHealthRoutes(app: FastifyInstance, { database }: Platform): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (request, reply) => {
    const reachable = await database.ping().then(
      () => true,
      (error: unknown) => {
        request.log.warn({ err: error }, 'the database does not answer');
        return false;
      },
    );
    const ready = reachable && !stopping;
    return reply.code(ready ? 200 : 503).send({
      status: ready ? 'ready' : 'not ready',
      database: reachable ? 'answers' : 'does not answer',
      server: stopping ? 'stopping' : 'running',
    });
  });
}
