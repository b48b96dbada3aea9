import { isOrderloomError, newId } from '@orderloom/kernel';
import { GraphQLError } from 'graphql';
import type { GraphqlErrorCode } from './errors.ts';

export interface ErrorLog {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * What a client learns of an error: of one that is meant to be read, its code, field and fix; of a query that is
 * no good, what is wrong with it; of a bug, an id under which it is in the log.
 */
export function maskErrors(log: ErrorLog) {
  return (error: unknown): GraphQLError => {
    const cause = causeOf(error);
    const place = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
    if (isOrderloomError(cause)) {
      const { code, field, fix } = cause;
      return new GraphQLError(cause.message, {
        ...place,
        extensions: { code, field: field ?? null, fix: fix ?? null },
      });
    }
    if (cause instanceof GraphQLError) return cause;
    const id = newId();
    log.error({ errorId: id, err: cause }, 'a request failed');
    return new GraphQLError('Something went wrong on our side.', {
      ...place,
      extensions: { code: 'INTERNAL' satisfies GraphqlErrorCode, id },
    });
  };
}

/** What was thrown, under what graphql wrapped around it to say where. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}
