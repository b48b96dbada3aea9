import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PluginManifest } from '@orderloom/plugin-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpDoor } from './http-door.ts';
import { isPrivateAddress } from './private-address.ts';

const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/echo?a=b+c': ({ headers, method }, response) => response.end(JSON.stringify({ headers, method })),
  '/busy': (_, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
  '/down': (_, response) => response.writeHead(503).end(),
  '/invalid': (_, response) => response.writeHead(422).end('no such street'),
  '/moved': (_, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
  '/huge': (_, response) => response.end('x'.repeat(1_100_000)),
  '/broken': ({ socket }) => socket.destroy(),
};
let server: Server;
let origin = '';

beforeAll(async () => {
  server = createServer((request, response) => answers[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const connection = (changes: Partial<PluginManifest['connections'][string]> = {}) => ({
  auth: 'bearer' as const,
  header: 'x-api-key',
  origins: { production: origin },
  privateNetwork: true,
  ...changes,
});
const knock = (request: object, changes = {}, secrets: Record<string, string> = { api: 's3cret' }) =>
  createHttpDoor(
    { api: connection(changes) },
    'production',
    secrets,
  )({ connection: 'api', path: '/', ...request }, AbortSignal.timeout(10_000));

test('a request reaches the declared origin with the credential the plugin never saw', async () => {
  const reply = await knock({
    path: '/echo',
    query: { a: 'b c' },
    method: 'POST',
    headers: { 'x-trace': '1' },
    json: [],
  });
  expect(reply).toMatchObject({ ok: true, value: { status: 200 } });
  expect(JSON.parse(reply.ok ? reply.value.body : '')).toMatchObject({
    method: 'POST',
    headers: { authorization: 'Bearer s3cret', 'x-trace': '1', 'content-type': 'application/json' },
  });
});

test.each([
  ['apiKey', { 'x-api-key': 's3cret' }],
  ['basic', { authorization: 'Basic czNjcmV0' }],
  ['none', {}],
])('the credential of %s', async (auth, headers) => {
  const reply = await knock({ path: '/echo', query: { a: 'b c' } }, { auth });
  expect(JSON.parse(reply.ok ? reply.value.body : '')).toMatchObject({ headers });
});

test.each([['//elsewhere.example/steal'], ['/\\elsewhere.example/steal'], ['/\t/elsewhere.example/steal']])(
  'a path that leads elsewhere is denied: %j',
  async (path) => {
    expect(await knock({ path })).toMatchObject({ error: { kind: 'bug', code: 'CAPABILITY_DENIED' } });
  },
);

test.each([
  ['an absolute address', { path: 'https://elsewhere.example/' }],
  ['a header of the host', { headers: { Authorization: 'Bearer mine' } }],
  ['a header that smuggles another', { headers: { 'x-a': 'b\r\nhost: c' } }],
  ['a method of its own', { method: 'CONNECT' }],
])('%s is refused', async (_, request) => {
  expect(await knock(request)).toMatchObject({ error: { kind: 'bug', code: 'HTTP_REQUEST' } });
});

test.each([
  ['an undeclared connection', { connection: 'other' }, {}],
  ['a name every object has', { connection: 'constructor' }, {}],
  ['a mode without an origin', {}, { origins: {} }],
  ['loopback, undeclared', {}, { privateNetwork: false }],
  ['loopback by name', {}, { privateNetwork: false, origins: { production: 'http://localhost:1' } }],
  ['the metadata service', {}, { privateNetwork: false, origins: { production: 'http://169.254.169.254' } }],
  ['loopback as one number', {}, { privateNetwork: false, origins: { production: 'http://2130706433' } }],
  ['loopback in IPv6', {}, { privateNetwork: false, origins: { production: 'http://[::ffff:127.0.0.1]' } }],
])('%s is denied', async (_, request, changes) => {
  expect(await knock(request, changes)).toMatchObject({ error: { kind: 'bug', code: 'CAPABILITY_DENIED' } });
});

test('a missing secret is the operator’s to add', async () => {
  expect(await knock({}, {}, {})).toMatchObject({ error: { code: 'CONNECTION_NOT_CONFIGURED' } });
});

test.each([
  ['/busy', { kind: 'retryable', code: 'HTTP_429', retryAfterMs: 7000 }],
  ['/down', { kind: 'retryable', code: 'HTTP_503' }],
  ['/invalid', { kind: 'bug', code: 'HTTP_422' }],
  ['/moved', { kind: 'bug', code: 'HTTP_302' }],
  ['/huge', { kind: 'bug', code: 'HTTP_TOO_LARGE' }],
  ['/broken', { kind: 'retryable', code: 'HTTP_UNREACHABLE' }],
])('%s fails as %o', async (path, error) => {
  expect(await knock({ path })).toMatchObject({ ok: false, error });
});

test('a status the plugin expects is its to handle', async () => {
  expect(await knock({ path: '/invalid', expect: [422] })).toMatchObject({
    ok: true,
    value: { status: 422, body: 'no such street' },
  });
});

test.each([
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['192.168.1.1', true],
  ['127.0.0.1', true],
  ['0.0.0.0', true],
  ['::1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['::ffff:10.0.0.1', true],
  ['64:ff9b::7f00:1', true],
  ['1.1.1.1', false],
  ['172.32.0.1', false],
  ['2606:4700::1111', false],
])('%s private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});
