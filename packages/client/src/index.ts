// Who is connected
export { ConnectionProvider, type ConnectionProviderProps } from './connection.tsx';
export { useSession, useViewer, type Session, type Viewer } from './session.tsx';

// Asking, changing, listening
export { failureFields, graphql, type ResultOf, type VariablesOf } from './graphql.ts';
export { useQuery, type QueryState } from './use-query.ts';
export { useMutation, type MutationState, type PayloadOf } from './use-mutation.ts';
export { useChanges } from './use-changes.ts';
export type { ClientProblemCode, Problem } from './problem.ts';
