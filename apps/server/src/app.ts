import type { Platform } from '@orderloom/operations';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { answerError } from './answer-error.ts';
import { addAuthRoutes } from './auth-routes.ts';
import type { Auth } from './auth.ts';
import { addDocumentRoute } from './document-route.ts';
import { viewerFinder } from './find-viewer.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addIntakeRoute } from './intake-route.ts';
import { addMetrics } from './metrics.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addStudioFiles } from './studio-files.ts';

export interface AppOptions {
  readonly platform: Platform;
  readonly auth: Auth;
  readonly log: FastifyBaseLogger;
  /** Where the built studio lies. */
  readonly studioFolder: string;
  /** False for a node that only works: it answers about its health and nothing else. */
  readonly api: boolean;
}

/** Everything the server answers over HTTP. */
export async function createApp({
  platform,
  auth,
  log,
  studioFolder,
  api,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    logController: new fastify.LogController({ disableRequestLogging: true }), // metrics count requests
    forceCloseConnections: true,
  });
  app.setErrorHandler(answerError);
  addSecurityHeaders(app);
  addMetrics(app, platform.runtime);
  addHealthRoutes(app, platform);
  if (!api) return app;

  const findViewer = viewerFinder(auth, platform.database);
  await addAuthRoutes(app, auth);
  addGraphqlRoute(app, platform, findViewer);
  await addIntakeRoute(app, platform, findViewer);
  addDocumentRoute(app, platform.database, findViewer);
  await addStudioFiles(app, studioFolder);
  return app;
}
