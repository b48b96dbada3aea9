import { isOrderloomError, newId } from '@orderloom/kernel';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerErrorCode } from './errors.ts';

/** The HTTP status of codes that mean more than "the request was wrong". */
const statuses: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TENANT_NONE: 403,
  TENANT_NOT_FOUND: 403,
  CROSS_SITE: 403,
  NOT_FOUND: 404,
  IDEMPOTENCY_CONFLICT: 409,
  INTAKE_TOO_LARGE: 413,
  RUNTIME_OVERLOADED: 503,
  RUNTIME_STOPPED: 503,
  RUNTIME_DATABASE_UNAVAILABLE: 503,
};

/** Answers any error as `{ error: { code, message, field, fix } }`; what nobody was meant to read, by an id in the log. */
export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) {
  if (isOrderloomError(error)) {
    const { code, message, field = null, fix = null } = error;
    return reply.code(statuses[code] ?? 400).send({ error: { code, message, field, fix } });
  }
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status < 500) {
    const code = 'REQUEST' satisfies ServerErrorCode;
    return reply.code(status).send({ error: { code, message: error.message, field: null, fix: null } });
  }
  const id = newId();
  request.log.error({ errorId: id, err: error }, 'a request failed');
  const code = 'INTERNAL' satisfies ServerErrorCode;
  return reply.code(500).send({ error: { code, message: 'Something went wrong on our side.', id } });
}

/** The one answer for what is not there and for what the viewer may not know of. */
export function answerNotFound(_request: FastifyRequest, reply: FastifyReply) {
  const code = 'NOT_FOUND' satisfies ServerErrorCode;
  return reply.code(404).send({ error: { code, message: 'There is nothing here.', field: null, fix: null } });
}
