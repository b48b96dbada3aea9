import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { answerNotFound } from './answer-error.ts';

/** The studio at `/`. Its addresses are its own: what is no file and is asked for as a page gets `index.html`. */
export async function addStudioFiles(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(path.join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.type('text/plain').send('The studio is not built: npm run build\n'),
    );
    app.setNotFoundHandler(answerNotFound);
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    // Looked up when asked for: a studio built anew while the server runs is served at once.
    wildcard: true,
    // Names of assets hold a hash of their content; those of pages do not.
    setHeaders: (reply, file) => {
      void reply.header(
        'cache-control',
        file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    return isPage && !isService(request.url) ? reply.sendFile('index.html') : answerNotFound(request, reply);
  });
}

/** Addresses of the server itself, where a page would hide that something is missing. */
function isService(url: string): boolean {
  return /^\/(api|graphql|documents|intake|assets)(\/|\?|$)/.test(url);
}
