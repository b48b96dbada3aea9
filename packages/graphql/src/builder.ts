import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { OrderloomError } from '@orderloom/kernel';
import { GraphQLError } from 'graphql';
import type { Context } from './context.ts';
import type { GraphqlErrorCode } from './errors.ts';

/**
 * Being signed in is asked for on the three root types, outside of everything else: a new field has to opt out
 * to be reachable without, and its refusal is never taken for the expected failure of a mutation.
 */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  AuthScopes: { signedIn: boolean };
  Scalars: {
    BigInt: { Input: bigint; Output: bigint };
    Date: { Input: Date; Output: Date };
    DateTime: { Input: Date; Output: Date };
    Decimal: { Input: string; Output: { toFixed(): string } };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [ScopeAuthPlugin, ErrorsPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({ signedIn: viewer !== null }),
    unauthorizedError: () =>
      new OrderloomError('UNAUTHENTICATED' satisfies GraphqlErrorCode, 'Nobody is signed in.', {
        fix: 'Sign in, or send the session token as a bearer token.',
      }),
  },
  errors: { directResult: true, defaultTypes: [] },
});

builder.queryType({ authScopes: { signedIn: true } });
builder.mutationType({ authScopes: { signedIn: true } });
builder.subscriptionType({ authScopes: { signedIn: true } });

builder.scalarType('BigInt', {
  description: 'A whole number larger than a JSON number may be, as text.',
  serialize: (value) => value.toString(),
  parseValue: (value) => BigInt(text(value, 'BigInt', /^-?\d{1,30}$/)),
});

builder.scalarType('Date', {
  description: 'A calendar date, ISO 8601.',
  serialize: (value) => value.toISOString().slice(0, 10),
  parseValue: (value) => instant(text(value, 'Date', /^\d{4}-\d\d-\d\d$/)),
});

builder.scalarType('DateTime', {
  description: 'An instant in UTC, ISO 8601.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) =>
    instant(text(value, 'DateTime', /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/)),
});

builder.scalarType('Decimal', {
  description: 'An exact decimal, as text.',
  serialize: (value) => value.toFixed(),
  parseValue: (value) => text(value, 'Decimal', /^-?\d{1,20}(\.\d{1,20})?$/),
});

builder.scalarType('JSON', { serialize: (value) => value, parseValue: (value) => value });

function text(value: unknown, scalar: string, form: RegExp): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw new GraphQLError(`${JSON.stringify(value)} is not a ${scalar}.`);
}

function instant(value: string): Date {
  const date = new Date(value);
  if (Number.isNaN(date.getTime()))
    throw new GraphQLError(`${JSON.stringify(value)} is not in the calendar.`);
  return date;
}
