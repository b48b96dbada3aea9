import { newId } from '@orderloom/kernel';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { csrfHeader } from './graphql-route.ts';
import { copyToOtherTenant, openTestApp, sampleDocument, type Client, type TestApp } from './test-app.ts';

let server: TestApp;
let operations: Client;
let finance: Client;
let warehouse: Client;
let orderId: string;
let foreign: Awaited<ReturnType<typeof copyToOtherTenant>>;

beforeAll(async () => {
  server = await openTestApp();
  [operations, finance, warehouse] = await Promise.all([
    server.signIn('operations'),
    server.signIn('finance'),
    server.signIn('warehouse'),
  ]);
  // Over the limit, so that it waits for a review by finance.
  const answer = await operations.takeIn(await sampleDocument('850-large.edi'));
  orderId = answer.json<{ transactions: [{ order: { id: string } }] }>().transactions[0].order.id;
  foreign = await copyToOtherTenant(server, orderId);
});
afterAll(() => server.close());

describe('signing in', () => {
  const signIn = (payload: object, headers: Record<string, string> = {}, remoteAddress = '10.1.0.1') =>
    server.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload, headers, remoteAddress });
  const person = (index: number) => ({
    email: server.signIns[index]?.email,
    password: server.signIns[index]?.password,
  });

  it('gives a session cookie that scripts of a page cannot read', async () => {
    const answer = await signIn(person(0), { host: 'localhost', origin: 'http://localhost' });
    expect(answer.statusCode).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/session_token=.*HttpOnly; SameSite=Lax/);
  });

  it('refuses pages of other sites', async () => {
    const answer = await signIn(person(0), {
      host: 'localhost',
      origin: 'https://evil.example',
      cookie: 'a=b',
    });
    expect(answer.statusCode).toBe(403);
  });

  it('says the same of a wrong password and of a person who does not exist', async () => {
    const wrong = await signIn({ email: person(0).email, password: 'not the password' });
    const missing = await signIn({ email: 'nobody@demo.example', password: 'not the password' });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.body).toBe(missing.body);
  });

  it('is not for those who would sign up', async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/auth/sign-up/email',
      payload: { name: 'Eve', email: 'eve@evil.example', password: 'a long enough password' },
    });
    expect(answer.statusCode).toBe(400);
    expect(await server.database.asOwner(`select 1 from "user" where email = 'eve@evil.example'`)).toEqual(
      [],
    );
  });

  it('is limited by the address it comes from, whatever the request says of it', async () => {
    const tries = Array.from({ length: 12 }, (_, index) => index);
    const statuses: number[] = [];
    for (const index of tries) {
      const answer = await signIn(
        { email: `guess${index}@demo.example`, password: 'wrong' },
        { 'x-forwarded-for': `1.2.3.${index}`, 'x-orderloom-client-address': `1.2.3.${index}` },
        '10.2.0.1',
      );
      statuses.push(answer.statusCode);
    }
    expect(statuses.slice(0, 10)).not.toContain(429);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  it('ends at once when the session is ended', async () => {
    const client = await server.signIn('support');
    expect((await client.query('{ viewer { roles } }')).data.viewer.roles).toEqual(['support']);
    await server.app.inject({
      method: 'POST',
      url: '/api/auth/sign-out',
      headers: { authorization: `Bearer ${client.token}` },
    });
    expect((await client.query('{ viewer { roles } }')).data.viewer).toBeNull();
  });
});

describe('signed out', () => {
  const query = async (query: string) =>
    (await server.app.inject({ method: 'POST', url: '/graphql', payload: { query } })).json<object>();

  it('is told that nobody is signed in, and nothing else', async () => {
    expect(await query('{ viewer { roles } }')).toEqual({ data: { viewer: null } });
    expect(await query(`{ order(id: "${orderId}") { id } orders { totalCount } }`)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }, { extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('cannot do anything', async () => {
    expect(
      await query(`mutation { claimTask(input: { idempotencyKey: "a", taskId: "b" }) { __typename } }`),
    ).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const intake = await server.app.inject({ method: 'POST', url: '/intake', payload: 'ISA' });
    expect([intake.statusCode, intake.json()]).toMatchObject([401, { error: { code: 'UNAUTHENTICATED' } }]);
    const document = await server.app.inject({ method: 'GET', url: `/documents/${newId()}` });
    expect(document.statusCode).toBe(401);
  });

  it('cannot read the schema', async () => {
    for (const introspection of ['{ __schema { types { name } } }', '{ __type(name: "Order") { name } }']) {
      expect(await query(introspection)).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
    const { data } = await finance.query('{ __type(name: "Order") { name } }');
    expect(data).toEqual({ __type: { name: 'Order' } });
  });
});

describe('a thing of another tenant', () => {
  const shape = (answer: { body: string }, id: string) => answer.body.replaceAll(id, 'ID');

  test.each([
    [
      'an order',
      'query ($id: ID!) { order(id: $id) { id number customer { name } } }',
      () => foreign.orderId,
    ],
    [
      'a document that was taken in',
      'query ($id: ID!) { intakeDocument(id: $id) { id } }',
      () => foreign.orderId,
    ],
    [
      'a subscription',
      'subscription ($id: ID!) { orderChanged(orderId: $id) { orderId } }',
      () => foreign.orderId,
    ],
  ])('%s is, byte for byte, one that does not exist', async (_name, query, id) => {
    const missing = newId();
    const answers = await Promise.all([
      operations.query(query, { id: id() }),
      operations.query(query, { id: missing }),
    ]);
    expect(shape(answers[0], id())).toBe(shape(answers[1], missing));
  });

  it('is not in lists, counts or searches', async () => {
    const { data } = await operations.query(
      `{ orders(search: "FOREIGN") { totalCount nodes { id } } all: orders { totalCount }
         orderByNumber(number: "FOREIGN-1") { id } }`,
    );
    expect(data).toEqual({
      orders: { totalCount: 0, nodes: [] },
      all: { totalCount: 1 },
      orderByNumber: null,
    });
  });

  it('cannot be downloaded', async () => {
    const [there, missing, nonsense] = await Promise.all(
      [foreign.documentId, newId(), 'nonsense'].map((id) => operations.get(`/documents/${id}`)),
    );
    expect(there?.statusCode).toBe(404);
    expect(there?.body).toBe(missing?.body);
    expect(there?.body).toBe(nonsense?.body);
  });

  it('is there for those who belong to that tenant and ask for it', async () => {
    const owner = await server.signIn('owner');
    const asOther = { 'x-orderloom-tenant': 'other' };
    const refused = await owner.query('{ viewer { roles } }', {}, asOther);
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('TENANT_NOT_FOUND');
    const unknown = await owner.query('{ viewer { roles } }', {}, { 'x-orderloom-tenant': 'no-such' });
    expect(refused.body).toBe(unknown.body);

    await server.database.asOwner(
      `insert into member (tenant_id, user_id, roles) values ($1, $2, '{support}')`,
      [foreign.tenantId, owner.userId],
    );
    const query = `{ viewer { tenant { slug } tenants { slug } roles } orders { nodes { id } } }`;
    const here = await owner.query(query);
    expect(here.data).toEqual({
      viewer: { tenant: { slug: 'demo' }, tenants: [{ slug: 'demo' }, { slug: 'other' }], roles: ['owner'] },
      orders: { nodes: [{ id: orderId }] },
    });
    const there = await owner.query(query, {}, asOther);
    expect(there.data).toMatchObject({
      viewer: { tenant: { slug: 'other' }, roles: ['support'] },
      orders: { nodes: [{ id: foreign.orderId }] },
    });
  });
});

describe('roles', () => {
  it('end at once', async () => {
    const client = await server.signIn('compliance');
    const setRoles = (roles: string) =>
      server.database.asOwner(`update member set roles = $1 where user_id = $2`, [roles, client.userId]);
    const query = '{ orders { totalCount } }';
    expect((await client.query(query)).data.orders.totalCount).toBe(1);
    await setRoles('{}');
    expect((await client.query(query)).data.orders.totalCount).toBe(0);
    await setRoles('{superuser}');
    expect((await client.query(query)).data.orders.totalCount).toBe(0);
    await server.database.asOwner('delete from member where user_id = $1', [client.userId]);
    expect((await client.query(query)).errors?.[0]?.extensions?.['code']).toBe('TENANT_NONE');
  });

  it('decide who sees and works on a task', async () => {
    const query = `{ tasks { totalCount nodes { name candidateGroups allowedActions variables } } }`;
    expect((await finance.query(query)).data.tasks).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          name: 'Review order',
          candidateGroups: ['finance'],
          allowedActions: ['CLAIM', 'COMPLETE'],
          variables: {},
        },
      ],
    });
    expect((await operations.query(query)).data.tasks.nodes).toMatchObject([{ allowedActions: [] }]);
    expect((await warehouse.query(query)).data.tasks).toEqual({ totalCount: 0, nodes: [] });
  });

  it('decide who sees prices of the list, credit and recorded data', async () => {
    const query = `query ($id: ID!) { order(id: $id) {
      lines { unitPrice listPrice } timeline { data } process { variables decisions { decision } } } }`;
    const seen = (await finance.query(query, { id: orderId })).data.order;
    expect(seen.lines.every((line: { listPrice: unknown }) => line.listPrice !== null)).toBe(true);
    expect(seen.process.variables.facts).toHaveProperty('creditAvailable');
    expect(seen.process.decisions).toEqual([{ decision: 'order-review' }]);

    const answer = await warehouse.query(query, { id: orderId });
    const hidden = answer.data.order;
    expect(hidden.lines.length).toBe(seen.lines.length);
    expect(new Set(hidden.lines.map((line: { listPrice: unknown }) => line.listPrice))).toEqual(
      new Set([null]),
    );
    expect(new Set(hidden.timeline.map((entry: { data: unknown }) => entry.data))).toEqual(new Set([null]));
    expect(hidden.process).toEqual({ variables: null, decisions: [] });
    expect(answer.body).not.toMatch(/credit/i);
  });

  it('decide who takes in documents, and the refusal says who may', async () => {
    const answer = await warehouse.takeIn(await sampleDocument('850-small.edi'));
    expect([answer.statusCode, answer.json()]).toEqual([
      403,
      {
        error: {
          code: 'FORBIDDEN',
          message: 'You may not create this intake.',
          field: null,
          fix: 'This takes the role owner or operations.',
        },
      },
    ]);
  });

  it('decide who sees what was taken in', async () => {
    const query =
      'query ($id: ID!) { order(id: $id) { intakeDocument { id } } intakeDocuments { totalCount } }';
    expect((await warehouse.query(query, { id: orderId })).data).toEqual({
      order: { intakeDocument: null },
      intakeDocuments: { totalCount: 0 },
    });
    expect((await operations.query(query, { id: orderId })).data).toMatchObject({
      order: { intakeDocument: { id: expect.any(String) } },
    });
  });
});

describe('errors', () => {
  it('of a mutation that were to be expected are answers', async () => {
    const { data } = await finance.query(
      `mutation ($input: ClaimTaskInput!) { claimTask(input: $input) {
         ... on ClaimTaskPayload { task { id } } ... on Failure { code message field fix } } }`,
      { input: { idempotencyKey: newId(), taskId: newId() } },
    );
    expect(data.claimTask).toEqual({
      code: 'TASK_NOT_FOUND',
      message: 'There is no such task.',
      field: 'taskId',
      fix: 'Open the list of tasks anew.',
    });
  });

  it('of a query carry code, field and fix', async () => {
    const { errors } = await finance.query('{ orders(first: 1000) { totalCount } }');
    expect(errors).toMatchObject([
      { message: 'A page has 1 to 100 entries.', extensions: { code: 'PAGE_SIZE', field: 'first' } },
    ]);
    const cursor = await finance.query('{ tasks(after: "bm9uc2Vuc2U") { totalCount } }');
    expect(cursor.errors).toMatchObject([{ extensions: { code: 'PAGE_CURSOR', field: 'after' } }]);
  });

  it('that are bugs are answered by an id that is in the log, and without their text', async () => {
    const working = { ...server.database };
    server.database.membershipsOf = () => Promise.reject(new Error('secret detail'));
    const answer = await finance.query('{ viewer { roles } }');
    Object.assign(server.database, working);
    const id = String(answer.errors?.[0]?.extensions?.['id']);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(answer.body).not.toContain('secret detail');
    expect(server.logged.filter((line) => line.includes(id) && line.includes('secret detail'))).toHaveLength(
      1,
    );
  });
});

describe('the transport', () => {
  it('takes no form of another site for a query', async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${finance.token}`, 'content-type': 'text/plain' },
      payload: JSON.stringify({ query: '{ viewer { roles } }' }),
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    const get = '/graphql?query=%7Bviewer%7Broles%7D%7D';
    expect((await finance.get(get)).statusCode).toBe(403);
    expect((await finance.get(get, { [csrfHeader]: '1' })).json()).toMatchObject({ data: { viewer: {} } });
  });

  it('takes no document of another site with the cookie of this one', async () => {
    const { email, password } = server.signIns[2] ?? {};
    const signedIn = await server.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email, password },
      remoteAddress: '10.3.0.1',
    });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    const post = async (headers: Record<string, string>) =>
      server.app.inject({
        method: 'POST',
        url: '/intake',
        headers: { cookie, host: 'localhost', ...headers },
        payload: await sampleDocument('850-unreadable.edi'),
      });
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<
      string,
      string
    >[]) {
      const answer = await post(headers);
      expect([answer.statusCode, answer.json()]).toMatchObject([403, { error: { code: 'CROSS_SITE' } }]);
    }
    expect((await post({ origin: 'http://localhost' })).statusCode).toBe(422);
  });

  const nested = (depth: number): string => (depth === 0 ? 'id' : `tasks { order { ${nested(depth - 1)} } }`);
  test.each([
    ['deep', `query ($id: ID!) { order(id: $id) { ${nested(12)} } }`],
    ['wide', `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: viewer { roles }`).join(' ')} }`],
    ['long', `{ viewer { ${'roles '.repeat(3000)} } }`],
    ['full of directives', `{ viewer { roles ${'@include(if: true) '.repeat(60)} } }`],
    [
      'explosive',
      `query { ...F0 } ${Array.from({ length: 16 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ')} fragment F16 on Query { viewer { roles } }`,
    ],
  ])('refuses a query that is %s', async (_kind, query) => {
    const { errors, data } = await finance.query(query, { id: orderId });
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).not.toMatch(/went wrong/);
  });

  it('refuses a body that is too large', async () => {
    const answer = await operations.takeIn(Buffer.alloc(10 * 1024 * 1024 + 1, 'a'));
    expect(answer.statusCode).toBe(413);
  });

  it('sends the headers that keep pages in their place', async () => {
    for (const url of ['/', '/graphql', '/healthz', '/api/auth/get-session', '/nowhere']) {
      const { headers } = await server.app.inject({ method: 'GET', url });
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("script-src 'self';"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
    }
  });
});

describe('taking in a document', () => {
  it('tells what became of it by its status', async () => {
    const small = await sampleDocument('850-small.edi');
    const first = await operations.takeIn(small);
    expect([first.statusCode, first.json()]).toMatchObject([201, { disposition: 'accepted' }]);
    const again = await operations.takeIn(small);
    expect([again.statusCode, again.json()]).toMatchObject([409, { disposition: 'duplicate' }]);
    const unreadable = await operations.takeIn(await sampleDocument('850-unreadable.edi'));
    expect([unreadable.statusCode, unreadable.json()]).toMatchObject([
      422,
      { disposition: 'rejected', problems: [{ located: expect.stringContaining('ISA') }] },
    ]);
    const empty = await operations.takeIn('');
    expect([empty.statusCode, empty.json()]).toMatchObject([400, { error: { code: 'INTAKE_EMPTY' } }]);
  });

  it('is done once for an idempotency key', async () => {
    const document = await sampleDocument('850-unreadable.edi');
    const headers = { 'idempotency-key': newId() };
    const [first, again] = [
      await operations.takeIn(document, headers),
      await operations.takeIn(document, headers),
    ];
    expect(first.json()).toHaveProperty('documentId');
    expect(again.body).toBe(first.body);
    const other = await operations.takeIn('something else', headers);
    expect([other.statusCode, other.json()]).toMatchObject([
      409,
      { error: { code: 'IDEMPOTENCY_CONFLICT' } },
    ]);
  });

  it('works through GraphQL too', async () => {
    const contentBase64 = (await sampleDocument('850-unreadable.edi')).toString('base64');
    const mutation = `mutation ($input: TakeInDocumentInput!) { takeInDocument(input: $input) {
      ... on TakeInDocumentPayload { document { disposition fileName receivedBy problems { code located fix } } }
      ... on Failure { code field } } }`;
    const input = { idempotencyKey: newId(), fileName: 'mail.edi', contentBase64 };
    expect((await operations.query(mutation, { input })).data.takeInDocument).toMatchObject({
      document: { disposition: 'REJECTED', fileName: 'mail.edi', receivedBy: 'Oscar Operations' },
    });
    const broken = { ...input, idempotencyKey: newId(), contentBase64: '!' };
    expect((await operations.query(mutation, { input: broken })).data.takeInDocument).toEqual({
      code: 'CONTENT_BASE64',
      field: 'contentBase64',
    });
  });
});

describe('a document of an order', () => {
  it('is saved under its name and shown nowhere', async () => {
    const id = newId();
    await server.database.asOwner(
      `insert into document (tenant_id, id, order_id, kind, file_name, media_type, sha256, content, created_at)
       values ($1, $2, $3, 'label', 'Etikett "1"/ü.pdf', 'application/pdf', '', 'label bytes', now())`,
      [server.tenantId, id, orderId],
    );
    const { data } = await warehouse.query(
      'query ($id: ID!) { order(id: $id) { documents { url mediaType } } }',
      {
        id: orderId,
      },
    );
    expect(data.order.documents).toEqual([{ url: `/documents/${id}`, mediaType: 'application/pdf' }]);
    const answer = await warehouse.get(`/documents/${id}`);
    expect(answer.body).toBe('label bytes');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Etikett _1___.pdf"; filename*=UTF-8''Etikett%20%221%22%2F%C3%BC.pdf`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('health and figures', () => {
  it('are open and say nothing of any tenant', async () => {
    const [health, ready, metrics] = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((url) => server.app.inject({ method: 'GET', url })),
    );
    expect(health?.json()).toEqual({ status: 'ok' });
    expect([ready?.statusCode, ready?.json()]).toEqual([
      200,
      { status: 'ready', database: 'answers', server: 'running' },
    ]);
    expect(metrics?.body).toMatch(
      /orderloom_http_request_duration_seconds_count\{method="POST",route="\/graphql"/,
    );
    expect(metrics?.body).toMatch(/^orderloom_runtime_batches \d+$/m);
    expect(metrics?.body).not.toContain(server.tenantId);
  });
});

describe('the log', () => {
  it('holds no personal data', () => {
    const text = server.logged.join('');
    for (const { email, name, password } of server.signIns) {
      expect(text).not.toContain(email);
      expect(text).not.toContain(name);
      expect(text).not.toContain(password);
    }
  });
});
