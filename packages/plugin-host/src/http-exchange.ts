import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';

export interface HttpExchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON when present. */
  readonly json?: unknown;
  readonly signal: AbortSignal;
  readonly lookup?: LookupFunction;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const BODY_BYTES = 1_000_000;

/**
 * One request and its whole answer, redirects not followed. Rejects with a Node error when there is no
 * answer, with code `ETOOLARGE` when it is larger than a megabyte.
 */
export function exchange({ url, json, headers, lookup, ...rest }: HttpExchange): Promise<HttpReply> {
  const body = json === undefined ? undefined : JSON.stringify(json);
  const about =
    body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = { ...rest, headers: { ...headers, ...about }, ...(lookup && { lookup }) };
    const request = send(url, options, (response) => void read(response).then(resolve, reject));
    request.on('error', reject);
    request.end(body);
  });
}

async function read(response: IncomingMessage): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES)
      throw Object.assign(new Error(`more than ${BODY_BYTES} bytes`), { code: 'ETOOLARGE' });
    chunks.push(chunk);
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8') };
}
