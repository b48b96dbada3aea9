import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/**
 * Writes a typed query, mutation, subscription or fragment. Documents live beside the screen that asks them.
 * Instants and dates come as ISO 8601 text, amounts and quantities as exact decimal text.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { BigInt: string; Date: string; DateTime: string; Decimal: string; ID: string; JSON: unknown };
}>();

/** What every mutation may answer instead of its payload. */
export const failureFields = graphql(`
  fragment FailureFields on Failure {
    code
    message
    field
    fix
  }
`);

export type { ResultOf, VariablesOf } from 'gql.tada';
