import { fail } from '@orderloom/kernel';
import { visit, BREAK, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from './context.ts';
import type { GraphqlErrorCode } from './errors.ts';

/** Shows the schema to those who are signed in: it is documentation for them and a map for others. */
export const hideSchema: Plugin<Context> = {
  onExecute({ args }) {
    const { document, contextValue } = args as { document: DocumentNode; contextValue: Context };
    if (contextValue.viewer !== null || !asksForSchema(document)) return;
    fail('UNAUTHENTICATED' satisfies GraphqlErrorCode, 'The schema is shown to those who are signed in.', {
      fix: 'Sign in, or send the session token as a bearer token.',
    });
  },
};

function asksForSchema(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== '__schema' && name.value !== '__type') return undefined;
      asks = true;
      return BREAK;
    },
  });
  return asks;
}
