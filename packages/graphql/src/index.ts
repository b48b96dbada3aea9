export type { Viewer } from './context.ts';
export { createGraphqlServer, type GraphqlServer, type GraphqlServerOptions } from './graphql-server.ts';
export { graphqlErrors, type GraphqlErrorCode } from './errors.ts';
