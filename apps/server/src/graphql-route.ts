import { EnvelopArmor } from '@escape.tech/graphql-armor';
import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { createGraphqlServer } from '@orderloom/graphql';
import type { Platform } from '@orderloom/operations';
import type { FastifyInstance } from 'fastify';
import type { Plugin } from 'graphql-yoga';
import type { FindViewer } from './find-viewer.ts';

/** What one request may ask for. The largest page of the studio needs about a third of each. */
const limits = {
  maxDepth: { n: 14 },
  maxAliases: { n: 15 },
  maxDirectives: { n: 50 },
  maxTokens: { n: 2_000 },
  costLimit: { maxCost: 10_000 },
} as const;

/** A document of 10 MB as base64, and the query around it. */
const bodyLimit = 14 * 1024 * 1024;

/** A browser sends this to another site only after asking it; any value will do. */
export const csrfHeader = 'x-orderloom-csrf';

/** `/graphql`: JSON over POST, and server-sent events for subscriptions. */
export function addGraphqlRoute(app: FastifyInstance, platform: Platform, findViewer: FindViewer): void {
  // Armor's plugins are typed for the envelop core it brings; they work on yoga's.
  const armor = new EnvelopArmor(limits).protect().plugins as unknown as readonly Plugin[];
  const yoga = createGraphqlServer({
    platform,
    findViewer,
    log: app.log,
    plugins: [useCSRFPrevention({ requestHeaders: [csrfHeader] }), ...armor],
  });
  app.route({
    url: yoga.graphqlEndpoint,
    method: ['GET', 'POST', 'OPTIONS'],
    bodyLimit,
    handler: (request, reply) => yoga.handleNodeRequestAndResponse(request, reply, {}),
  });
}
