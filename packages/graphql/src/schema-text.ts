import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';

/** A schema as it is reviewed: sorted, so that a diff shows only what changed. */
export function printSchemaText(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
