import type { Platform } from '@orderloom/operations';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Context, Viewer } from './context.ts';
import { hideSchema } from './hide-schema.ts';
import { maskErrors, type ErrorLog } from './mask-error.ts';
import { Reader } from './reader.ts';
import { schema } from './schema.ts';

export interface GraphqlServerOptions {
  readonly platform: Platform;
  /** Who asks, from the headers of the request; called again for every event of a subscription. */
  readonly findViewer: (headers: Headers) => Promise<Viewer | null>;
  readonly log: ErrorLog;
  /** Limits and protections of the transport. */
  readonly plugins: readonly Plugin[];
}

export type GraphqlServer = YogaServerInstance<object, Context>;

/** The GraphQL endpoint at `/graphql`: queries, mutations, and subscriptions as server-sent events. */
export function createGraphqlServer({
  platform,
  findViewer,
  log,
  plugins,
}: GraphqlServerOptions): GraphqlServer {
  return createYoga<object, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    logging: false,
    cors: false, // front ends come from this very origin
    maskedErrors: { maskError: maskErrors(log) },
    plugins: [...plugins, hideSchema, closeReaderAfterwards],
    context: async ({ request }) => {
      const viewer = await findViewer(request.headers);
      return {
        platform,
        viewer,
        findViewer: () => findViewer(request.headers),
        language: languageOf(request.headers, viewer),
        reader: new Reader(platform.database, viewer?.tenant.id ?? null),
      };
    },
  });
}

const closeReaderAfterwards: Plugin<Context> = {
  onExecute: ({ args }) => ({
    onExecuteDone: () => (args.contextValue as Context).reader.close(),
  }),
};

/** The language the client asks for first, else the user's own. */
function languageOf(headers: Headers, viewer: Viewer | null): string {
  const wanted = headers.get('accept-language')?.split(/[,;]/)[0]?.trim();
  return wanted && wanted !== '*' ? wanted : (viewer?.user.language ?? 'en');
}
