import { isIP } from 'node:net';
import { err, ok, type Result } from '@orderloom/kernel';
import type { PluginManifest } from '@orderloom/plugin-sdk';
import { z } from 'zod';
import { bug, retryable } from './errors.ts';
import { exchange, type HttpExchange, type HttpReply } from './http-exchange.ts';
import { isPrivateAddress, lookupPublic } from './private-address.ts';
import type { PluginFailure } from './protocol.ts';

const HttpCall = z.object({
  connection: z.string(),
  path: z.string().startsWith('/').max(8_000),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  query: z.record(z.string(), z.string()).default({}),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[\t -~]*$/)).default({}),
  json: z.json().optional(),
  expect: z.array(z.int()).default([]),
});
type HttpCall = z.output<typeof HttpCall>;

type Connections = PluginManifest['connections'];
type Connection = Connections[string];
export type HttpDoor = (args: unknown, signal: AbortSignal) => Promise<Result<HttpReply, PluginFailure>>;

/** Headers that belong to the host and to HTTP itself. */
const RESERVED = new Set(
  'authorization connection content-length cookie host proxy-authorization te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);

const CREDENTIAL: Record<Connection['auth'], (secret: string, header: string) => Record<string, string>> = {
  none: () => ({}),
  bearer: (secret) => ({ authorization: `Bearer ${secret}` }),
  apiKey: (secret, header) => ({ [header]: secret }),
  basic: (secret) => ({ authorization: `Basic ${Buffer.from(secret).toString('base64')}` }),
};

/**
 * The way to declared upstreams: only to the connection's origin (scheme, host and port as parsed), with the
 * credential added here, without redirects, and into a private network only when the connection declares it.
 */
export function createHttpDoor(
  connections: Connections,
  mode: 'sandbox' | 'production',
  secrets: Readonly<Record<string, string>>,
): HttpDoor {
  function address({
    connection: name,
    path,
    query,
    headers,
    method,
    json,
  }: HttpCall): Result<Omit<HttpExchange, 'signal'>, PluginFailure> {
    const connection = Object.hasOwn(connections, name) ? connections[name] : undefined;
    if (!connection) return denied(`The connection "${name}" is not declared.`);
    const origin = connection.origins[mode];
    if (origin === undefined) return denied(`The connection "${name}" has no ${mode} origin.`);
    const url = URL.parse(path, origin);
    if (url?.origin !== new URL(origin).origin)
      return denied(`The connection "${name}" reaches ${origin} only.`);
    for (const [key, value] of Object.entries(query)) url.searchParams.append(key, value);

    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!connection.privateNetwork && isIP(host) !== 0 && isPrivateAddress(host))
      return denied(inPrivate(host));
    const reserved = Object.keys(headers).find((header) => RESERVED.has(header.toLowerCase()));
    if (reserved !== undefined)
      return err(bug('HTTP_REQUEST', `The header "${reserved}" is set by the host.`));
    const secret = secrets[name];
    if (secret === undefined && connection.auth !== 'none') {
      return err(bug('CONNECTION_NOT_CONFIGURED', `The connection "${name}" has no secret yet.`));
    }
    return ok({
      url,
      method,
      headers: { ...headers, ...CREDENTIAL[connection.auth](secret ?? '', connection.header) },
      json,
      ...(!connection.privateNetwork && { lookup: lookupPublic }),
    });
  }

  return async (args, signal) => {
    const call = HttpCall.safeParse(args);
    if (!call.success)
      return err(bug('HTTP_REQUEST', `Not a well-formed request: ${z.prettifyError(call.error)}`));
    const addressed = address(call.data);
    if (!addressed.ok) return addressed;
    try {
      return judge(await exchange({ ...addressed.value, signal }), call.data.expect);
    } catch (error) {
      return err(failureOf(error as NodeJS.ErrnoException, addressed.value.url.hostname));
    }
  };
}

/** The one mapping from an upstream's status to a failure, so that no plugin has to write it again. */
function judge(reply: HttpReply, expect: readonly number[]): Result<HttpReply, PluginFailure> {
  const { status } = reply;
  if ((status >= 200 && status < 300) || expect.includes(status)) return ok(reply);
  const failure = status === 408 || status === 429 || status >= 500 ? retryable : bug;
  const retryAfterMs = retryAfter(reply.headers['retry-after']);
  return err({
    ...failure(`HTTP_${status}`, `The upstream answered ${status}.`),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function failureOf({ code, name }: NodeJS.ErrnoException, host: string): PluginFailure {
  if (code === 'EPRIVATE') return bug('CAPABILITY_DENIED', inPrivate(host));
  if (code === 'ETOOLARGE') return bug('HTTP_TOO_LARGE', `The answer of ${host} is larger than a megabyte.`);
  return retryable('HTTP_UNREACHABLE', `${host} could not be reached (${code ?? name}).`);
}

/** `Retry-After` as seconds or as a date (RFC 9110, 10.2.3), in milliseconds from now. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

const denied = (message: string): Result<never, PluginFailure> => err(bug('CAPABILITY_DENIED', message));
const inPrivate = (host: string): string =>
  `${host} is in a private network, which the connection does not declare.`;
