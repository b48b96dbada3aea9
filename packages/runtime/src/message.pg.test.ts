import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBench, type TestBench } from './test-node.ts';
import { choice, end, flow, messageStart, receive, send, start, userTask } from './test-process.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const delivery = {
  id: 'Delivery',
  messages: { 'shipment.booked': null, 'shipment.delivered': '=shipment' },
  line: [messageStart('shipment.booked'), receive('Await', 'shipment.delivered'), userTask('Confirm'), end],
};

const book = (shipment: string) => ({
  name: 'shipment.booked',
  businessKey: shipment,
  variables: { shipment },
});
const deliver = (shipment: string, more = {}) => ({
  name: 'shipment.delivered',
  correlationKey: shipment,
  ...more,
});

test('a message reaches the instance that waits for its key', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, delivery);
  await bench.send(runtime, book('S1'));
  await bench.send(runtime, book('S2'));

  await bench.send(runtime, deliver('S2', { variables: { signedBy: 'Bo' } }));

  expect(await bench.waitingAt()).toEqual(['Await', 'Confirm']);
  expect((await bench.instances())[1]?.variables).toEqual({ shipment: 'S2', signedBy: 'Bo' });
  expect(await bench.rows('select count(*)::int as kept from message')).toEqual([{ kept: 0 }]);
});

test('a message that nobody waits for is kept for whoever comes to', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, delivery);
  await bench.send(runtime, deliver('S1', { variables: { signedBy: 'Bo' } }));

  await bench.send(runtime, book('S1'));

  expect(await bench.waitingAt()).toEqual(['Confirm']);
  expect((await bench.instances())[0]?.variables).toEqual({ shipment: 'S1', signedBy: 'Bo' });
});

test('a kept message is delivered once, the oldest first', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, delivery);
  await bench.send(runtime, deliver('S1', { variables: { number: 1 } }));
  await bench.send(runtime, deliver('S1', { variables: { number: 2 } }));

  for (let i = 0; i < 3; i++) await bench.send(runtime, book('S1'));

  expect((await bench.instances()).map(({ variables }) => variables['number'])).toEqual([1, 2, undefined]);
  expect(await bench.waitingAt()).toEqual(['Confirm', 'Confirm', 'Await']);
});

test('a kept message expires', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, delivery);
  await bench.send(runtime, deliver('S1', { timeToLiveMs: 60_000 }));
  bench.clock.advance(60_000);

  await bench.send(runtime, book('S1'));
  await runtime.idle();

  expect(await bench.waitingAt()).toEqual(['Await']);
  expect(await bench.rows('select id from message'), 'it is swept away').toEqual([]);
});

test('the same message id is taken once, whether or not the message was delivered', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, delivery);
  await bench.send(runtime, { ...book('S1'), messageId: 'edi-17' });
  await bench.send(runtime, { ...book('S1'), messageId: 'edi-17' });
  expect(await bench.instances()).toHaveLength(1);

  await Promise.all([1, 2, 3].map(() => bench.send(runtime, deliver('S2', { messageId: 'scan-9' }))));
  await bench.send(runtime, book('S2'));
  await bench.send(runtime, book('S2'));

  expect(await bench.waitingAt()).toEqual(['Await', 'Confirm', 'Await']);
});

test('an instance that waits for its own key goes before one that takes any', async () => {
  const runtime = bench.node();
  const line = (id: string) => [start, receive(id, 'ping'), end];
  await bench.deploy(runtime, { id: 'Any', messages: { ping: null }, line: line('AnyKey') });
  await bench.deploy(runtime, { id: 'Own', messages: { ping: '=key' }, line: line('OwnKey') });
  await bench.start(runtime, 'Any');
  await bench.start(runtime, 'Own', { key: 'k' });

  await bench.send(runtime, { name: 'ping', correlationKey: 'k' });
  expect(await bench.waitingAt()).toEqual(['AnyKey']);
  await bench.send(runtime, { name: 'ping', correlationKey: 'k' });
  expect(await bench.waitingAt()).toEqual([]);
});

test('messages of one batch go to as many instances', async () => {
  const runtime = bench.node();
  await bench.deploy(runtime, {
    id: 'Any',
    messages: { ping: null },
    line: [start, receive('Await', 'ping'), end],
  });
  for (let i = 0; i < 3; i++) await bench.start(runtime, 'Any');

  await Promise.all(
    [1, 2, 3, 4].map((number) => bench.send(runtime, { name: 'ping', variables: { number } })),
  );

  expect((await bench.instances()).map(({ status }) => status)).toEqual([
    'COMPLETED',
    'COMPLETED',
    'COMPLETED',
  ]);
  expect(await bench.rows('select variables from message where delivered_at is null')).toHaveLength(1);
});

test.each([undefined, 'scan'])(
  'messages of one batch for one instance that asks again and again each arrive once (id: %s)',
  async (id) => {
    const runtime = bench.node();
    await bench.deploy(runtime, {
      id: 'Counter',
      messages: { open: null, ping: '=key' },
      line: [messageStart('open'), choice('Again', 'Again-Await'), receive('Await', 'ping')],
      beside: [flow('Await', 'Again'), end, flow('Again', 'End', '=false')],
    });
    await bench.send(runtime, { name: 'open', variables: { key: 'k' } });

    await Promise.all(
      [1, 2, 3, 4].map((number) =>
        bench.send(runtime, {
          name: 'ping',
          correlationKey: 'k',
          ...(id && { messageId: `${id}-${number}` }),
        }),
      ),
    );

    expect(await bench.instances()).toMatchObject([{ revision: 5 }]);
  },
);

test('processes send each other messages within one transaction', async () => {
  const runtime = bench.node();
  await bench.deploy(
    runtime,
    {
      id: 'Buyer',
      messages: { go: null, 'order.sent': '=order', 'order.confirmed': '=order' },
      line: [
        messageStart('go'),
        send('Order', 'order.sent', 'order'),
        receive('Confirmed', 'order.confirmed'),
        end,
      ],
    },
    {
      id: 'Seller',
      messages: { 'order.sent': '=order', 'order.confirmed': '=order' },
      line: [messageStart('order.sent'), send('Confirm', 'order.confirmed', 'order'), end],
    },
  );
  await bench.send(runtime, { name: 'go', businessKey: 'PO-7', variables: { order: 'O7' } });

  expect((await bench.instances()).map(({ business_key, status }) => [business_key, status])).toEqual([
    ['PO-7', 'COMPLETED'],
    ['PO-7', 'COMPLETED'],
  ]);
  expect(runtime.stats().batches).toBe(1);
});

test('sender and receiver that meet on two nodes never miss each other', async () => {
  const nodes = [bench.node(), bench.node()] as const;
  await bench.deploy(nodes[0], delivery);
  const shipments = Array.from({ length: 40 }, (_, index) => `S${index}`);

  await Promise.all(
    shipments.flatMap((shipment, index) => {
      const [a, b] = index % 2 === 0 ? nodes : ([nodes[1], nodes[0]] as const);
      return [bench.send(a, book(shipment)), bench.send(b, deliver(shipment))];
    }),
  );

  expect(await bench.waitingAt()).toEqual(shipments.map(() => 'Confirm'));
  expect(await bench.rows('select id from message where delivered_at is null')).toEqual([]);
});
