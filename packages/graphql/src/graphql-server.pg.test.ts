import { readFile } from 'node:fs/promises';
import { abilityFor, systemPrincipal, type Principal, type Role } from '@orderloom/access';
import { err, must, newId } from '@orderloom/kernel';
import {
  completeTask,
  createPlatform,
  seedDemonstration,
  takeInDocument,
  type Platform,
} from '@orderloom/operations';
import { fakeClock, openTestDatabase, type TestDatabase } from '@orderloom/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context, Viewer } from './context.ts';
import { createGraphqlServer, type GraphqlServer } from './graphql-server.ts';
import { visible } from './guard.ts';
import { Reader } from './reader.ts';

let database: TestDatabase;
let platform: Platform;
let tenantId: string;
let yoga: GraphqlServer;
/** Who the next request comes from. */
let viewer: Viewer | null;
/** How often the server asked for it. */
let asked = 0;

const log = { info() {}, warn() {}, error() {} };

beforeAll(async () => {
  database = await openTestDatabase();
  const call = async () => err({ kind: 'rejected' as const, code: 'NO_PLUGINS', message: 'There are none.' });
  platform = createPlatform({ database, clock: fakeClock(), plugins: { call }, log, worker: false });
  await platform.runtime.start();
  ({ tenantId } = await seedDemonstration(platform));
  await database.asOwner('update stock_level set on_hand = 100000'); // enough for every test
  yoga = createGraphqlServer({
    platform,
    findViewer: async () => {
      asked += 1;
      return viewer;
    },
    log,
    plugins: [],
  });
});
afterAll(async () => {
  await platform.runtime.stop();
  await database.close();
});

function principalAs(...roles: readonly Role[]): Principal {
  return { kind: 'user', id: 'somebody', name: 'Somebody', tenantId, roles };
}

function viewerAs(...roles: readonly Role[]): Viewer {
  const principal = principalAs(...roles);
  const tenant = { id: tenantId, slug: 'demo', name: 'Demo', timeZone: 'UTC', currency: 'USD' };
  const user = { id: principal.id, name: principal.name, email: 'somebody@demo.example', language: 'en' };
  return { user, tenant, tenants: [tenant], principal, ability: abilityFor(principal) };
}

async function ask(
  as: Viewer | null,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
) {
  viewer = as;
  const answer = await yoga.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into by path
  return (await answer.json()) as { data: any; errors?: readonly object[] };
}

/** A sample order that goes past the review, under a number of its own. */
async function placeOrder(poNumber: string): Promise<string> {
  const file = new URL('../../templates/documents/850-small.edi', import.meta.url);
  const text = (await readFile(file, 'utf8')).replaceAll('NW-10001', poNumber);
  const { transactions } = await takeInDocument(
    { platform, principal: systemPrincipal(tenantId) },
    { channel: 'test', fileName: `${poNumber}.edi`, bytes: Buffer.from(text) },
  );
  return must(transactions[0]?.order, 'the order of the document').id;
}

describe('the guard', () => {
  it('lets no row through without a rule, wherever its condition stands', async () => {
    await placeOrder('GUARD-1');
    const context = (...roles: readonly Role[]) => ({ viewer: viewerAs(...roles) }) as Context;
    const count = (where: object) => database.read(tenantId, (client) => client.order.count({ where }));
    const seen = visible(context('owner'), 'Order');
    expect(await count(seen)).toBeGreaterThan(0);
    const nothing = visible(context(), 'Order');
    for (const where of [
      nothing,
      { AND: [nothing] },
      { AND: [nothing, {}] },
      { AND: [{ state: { not: 'nonsense' } }, nothing] },
      { OR: [nothing] },
      { AND: [{ OR: [nothing, nothing] }] },
      { ...nothing, number: { contains: '' } },
    ]) {
      expect(await count(where)).toBe(0);
    }
  });

  it('keeps tasks to those who are offered or have taken them', async () => {
    const orderId = await placeOrder('GUARD-2');
    const names = async (...roles: readonly Role[]) => {
      const { data } = await ask(
        viewerAs(...roles),
        'query ($id: ID!) { order(id: $id) { tasks { name } } }',
        {
          id: orderId,
        },
      );
      return data.order.tasks.map(({ name }: { name: string }) => name);
    };
    expect(await names('warehouse')).toEqual(['Pick goods']);
    expect(await names('finance')).toEqual([]);
    expect(await names('support', 'warehouse')).toEqual(['Pick goods']);
    expect(await names('auditor')).toEqual(['Pick goods']);
  });
});

describe('a request', () => {
  const wholePage = `query ($first: Int!) { orders(first: $first) { totalCount nodes {
    number customer { name } lines { sku total { amount } } holds { placedBy } shipments { parcels { label { url } } }
    documents { url } intakeDocument { receivedBy transactions { order { number } } }
    tasks { name instruction form assignee { name } order { number } }
    process { stage definition { name } positions { elementId } incidents { code } takenFlows decisions { elementName } }
    timeline { action elementName actorName } } } }`;

  /** How many statements an answer takes. */
  async function statements(first: number): Promise<number> {
    let count = 0;
    const read: TestDatabase['read'] = (tenant, work) =>
      database.read(tenant, (client) => work(counting(client, () => (count += 1))));
    const counted = createGraphqlServer({
      platform: { ...platform, database: { ...database, read } },
      findViewer: async () => viewerAs('owner'),
      log,
      plugins: [],
    });
    const answer = await counted.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: wholePage, variables: { first } }),
    });
    const { data, errors } = (await answer.json()) as {
      data: { orders: { nodes: unknown[] } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    expect(data.orders.nodes).toHaveLength(first);
    return count;
  }

  it('asks the database as often for many orders as for one', async () => {
    for (const index of [1, 2, 3, 4, 5, 6]) await placeOrder(`MANY-${index}`);
    const one = await statements(1);
    expect(one).toBeLessThan(30);
    expect(await statements(6)).toBe(one);
  });

  it('shows, after it wrote, what it wrote', async () => {
    await placeOrder('WRITE-1');
    const before = await ask(viewerAs('warehouse'), '{ tasks { nodes { id assignee { name } } } }');
    const { id } = before.data.tasks.nodes[0];
    const input = (taskId: string) => ({ idempotencyKey: newId(), taskId });
    const { data } = await ask(
      viewerAs('warehouse'),
      `mutation ($claim: ClaimTaskInput!, $release: ReleaseTaskInput!) {
         claimTask(input: $claim) { ... on ClaimTaskPayload { task { allowedActions } } ... on Failure { code } }
         releaseTask(input: $release) { ... on ReleaseTaskPayload { task { allowedActions } } ... on Failure { code } } }`,
      { claim: input(id), release: input(id) },
    );
    expect(data).toEqual({
      claimTask: { task: { allowedActions: ['CLAIM', 'RELEASE', 'COMPLETE'] } },
      releaseTask: { task: { allowedActions: ['CLAIM', 'COMPLETE'] } },
    });
  });

  it('speaks the language it is asked in, else the one of the user', async () => {
    const query = '{ tasks(first: 1) { nodes { name instruction } } }';
    const name = async (headers: Record<string, string>) =>
      (await ask(viewerAs('warehouse'), query, {}, headers)).data.tasks.nodes[0].name;
    expect(await name({})).toBe('Pick goods');
    expect(await name({ 'accept-language': 'zh-CN,zh;q=0.9' })).toBe('拣货');
    expect(await name({ 'accept-language': 'is' })).toBe('Pick goods');
  });
});

describe('a list', () => {
  it('is read page by page, each entry once, in its order', async () => {
    for (const index of [1, 2, 3, 4, 5]) await placeOrder(`PAGE-${index}`);
    const pages: string[][] = [];
    let after: string | null = null;
    do {
      const { data } = await ask(
        viewerAs('support'),
        `query ($after: String) { orders(first: 2, after: $after, search: "page-") {
           totalCount edges { cursor } nodes { poNumber } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(data.orders.totalCount).toBe(5);
      pages.push(data.orders.nodes.map(({ poNumber }: { poNumber: string }) => poNumber));
      after = data.orders.pageInfo.hasNextPage ? data.orders.pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual([['PAGE-5', 'PAGE-4'], ['PAGE-3', 'PAGE-2'], ['PAGE-1']]);
  });

  it('of tasks begins with the one that is due first', async () => {
    const { data } = await ask(viewerAs('owner'), '{ tasks(first: 100) { totalCount nodes { id dueAt } } }');
    const dues: (string | null)[] = data.tasks.nodes.map(({ dueAt }: { dueAt: string | null }) => dueAt);
    expect(dues).toEqual(dues.toSorted((a, b) => (a ?? '~').localeCompare(b ?? '~')));
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page = await ask(
        viewerAs('owner'),
        'query ($after: String) { tasks(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      ids.push(...page.data.tasks.nodes.map(({ id }: { id: string }) => id));
      after = page.data.tasks.pageInfo.hasNextPage ? page.data.tasks.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ids).toEqual(data.tasks.nodes.map(({ id }: { id: string }) => id));
  });
});

describe('a subscription', () => {
  /** Server-sent events of a subscription, one by one. */
  async function* events(as: Viewer, query: string, variables: object = {}) {
    viewer = as;
    const gone = new AbortController();
    const answer = await yoga.fetch('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables }),
      signal: gone.signal,
    });
    const decoder = new TextDecoder();
    try {
      let text = '';
      for await (const chunk of must(answer.body, 'a stream')) {
        text += decoder.decode(chunk, { stream: true });
        const messages = text.split('\n\n');
        text = messages.pop() ?? '';
        for (const message of messages) {
          if (message.includes('event: complete')) return;
          const data = /^data: (.+)$/m.exec(message)?.[1];
          if (data !== undefined) yield JSON.parse(data) as unknown;
        }
      }
    } finally {
      gone.abort();
    }
  }

  /** Completing a task moves the process on. */
  async function complete(orderId: string, variables: object): Promise<void> {
    const principal = principalAs('warehouse');
    const [task] = await database.asOwner<{ id: string }>(
      `select id from user_task where order_id = $1 and state = 'OPEN'`,
      [orderId],
    );
    await completeTask(
      { platform, principal },
      { taskId: must(task, 'an open task').id, variables: { ...variables } },
    );
  }

  async function pick(orderId: string): Promise<void> {
    const lines = await database.asOwner<{ sequence: number; ordered: string }>(
      'select sequence, ordered from order_line where order_id = $1',
      [orderId],
    );
    await complete(orderId, {
      picked: lines.map(({ sequence, ordered }) => ({ sequence, picked: Number(ordered) })),
    });
  }

  function pack(orderId: string): Promise<void> {
    const parcels = [{ weightGrams: 12_000, lengthMm: 600, widthMm: 400, heightMm: 300 }];
    return complete(orderId, { parcels, service: 'standard' });
  }

  /** Asks until the stream has begun to listen and an event has come. */
  async function nextAfter(stream: AsyncGenerator, change: () => Promise<void>): Promise<unknown> {
    const next = stream.next();
    await expect.poll(() => listening, { interval: 5 }).toBeGreaterThan(0);
    await change();
    return next;
  }

  let listening = 0;
  beforeAll(() => {
    const { runtime } = platform;
    const onChange = runtime.onChange.bind(runtime);
    runtime.onChange = (listener) => {
      listening += 1;
      const ignore = onChange(listener);
      return () => {
        listening -= 1;
        ignore();
      };
    };
  });

  const orderChanged = 'subscription ($id: ID!) { orderChanged(orderId: $id) { orderId } }';

  it('tells of the order it was opened for', async () => {
    const orderId = await placeOrder('LIVE-1');
    const stream = events(viewerAs('warehouse'), orderChanged, { id: orderId });
    expect(await nextAfter(stream, () => pick(orderId))).toEqual({
      value: { data: { orderChanged: { orderId } } },
      done: false,
    });
    await stream.return(undefined);
    await expect.poll(() => listening).toBe(0);
  });

  it('tells of tasks the viewer may see, and not of others', async () => {
    const orderId = await placeOrder('LIVE-2');
    const stream = events(viewerAs('warehouse'), 'subscription { tasksChanged { taskIds } }');
    const { value } = (await nextAfter(stream, () => pick(orderId))) as IteratorResult<{
      data: { tasksChanged: { taskIds: string[] } };
    }>;
    const tasks = await database.asOwner<{ id: string }>('select id from user_task where order_id = $1', [
      orderId,
    ]);
    expect(value.data.tasksChanged.taskIds.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
    await stream.return(undefined);
  });

  it('ends when the viewer may no longer be here, without another word', async () => {
    const orderId = await placeOrder('LIVE-3');
    const stream = events(viewerAs('warehouse'), orderChanged, { id: orderId });
    const end = await nextAfter(stream, async () => {
      viewer = null;
      await pick(orderId);
    });
    expect(end).toEqual({ value: undefined, done: true });
    await expect.poll(() => listening).toBe(0);
  });

  it('is silent about an order that the viewer may no longer see, and goes on', async () => {
    const orderId = await placeOrder('LIVE-4');
    const stream = events(viewerAs('warehouse'), orderChanged, { id: orderId });
    let told = false;
    const next = nextAfter(stream, async () => {
      viewer = viewerAs();
      const before = asked;
      await pick(orderId);
      await expect.poll(() => asked).toBeGreaterThan(before);
      await platform.runtime.idle();
      expect(told).toBe(false);
      viewer = viewerAs('warehouse');
      await pack(orderId);
    }).finally(() => {
      told = true;
    });
    expect(await next).toMatchObject({ value: { data: { orderChanged: { orderId } } } });
    await stream.return(undefined);
  });

  it('is not opened for an order that the viewer may not see', async () => {
    const stream = events(viewerAs(), orderChanged, { id: newId() });
    const { value } = await stream.next();
    expect(value).toMatchObject({ errors: [{ extensions: { code: 'ORDER_NOT_FOUND' } }] });
    await stream.return(undefined);
  });
});

/** A client that counts the calls of its tables' methods. */
function counting<Client extends object>(client: Client, count: () => void): Client {
  return new Proxy(client, {
    get(target, name, receiver) {
      const table: unknown = Reflect.get(target, name, receiver);
      if (typeof table !== 'object' || table === null || typeof name === 'symbol') return table;
      return new Proxy(table, {
        get(inner, method, self) {
          count();
          return Reflect.get(inner, method, self) as unknown;
        },
      });
    },
  });
}

it('reads for nobody but the signed-in', async () => {
  const reader = new Reader(database, null);
  expect(() => reader.read(async () => null)).toThrow('a tenant');
  expect(await ask(null, '{ orders { totalCount } }')).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});
