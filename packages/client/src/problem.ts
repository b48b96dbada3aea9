import type { CombinedError } from '@urql/core';

/** What went wrong, as a screen tells it: a stable code, what happened, where, and what to do. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Path of the field it is about: `lines[2].sku`. */
  readonly field: string | null;
  readonly fix: string | null;
  /** Under which it is in the server's log, when it is a bug. */
  readonly reference: string | null;
}

/** Codes made on this side of the wire; every other code is the server's. */
export type ClientProblemCode = 'UNREACHABLE' | 'REFUSED' | 'SIGN_IN_REFUSED' | 'TOO_MANY_ATTEMPTS';

/** A failure that a mutation answered with. */
export function problemOfFailure(failure: {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly fix: string | null;
}): Problem {
  const { code, message, field, fix } = failure;
  return { code, message, field, fix, reference: null };
}

/** An operation that got no data: the server could not be reached, or refused it. */
export function problemOfError(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) return unreachable();
  const { code, field, fix, id } = first.extensions;
  return {
    code: textOr(code, 'REFUSED' satisfies ClientProblemCode),
    message: first.message,
    field: textOr(field, null),
    fix: textOr(fix, null),
    reference: textOr(id, null),
  };
}

export function unreachable(): Problem {
  return clientProblem(
    'UNREACHABLE',
    'The server cannot be reached.',
    'Check the connection. This page tries again by itself.',
  );
}

export function clientProblem(code: ClientProblemCode, message: string, fix: string): Problem {
  return { code, message, field: null, fix, reference: null };
}

function textOr<Otherwise>(value: unknown, otherwise: Otherwise): string | Otherwise {
  return typeof value === 'string' ? value : otherwise;
}
