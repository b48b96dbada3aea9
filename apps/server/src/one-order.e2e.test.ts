import { readFile } from 'node:fs/promises';
import { must } from '@orderloom/kernel';
import { readLabel } from '@orderloom/plugin-testkit';
import { expect, onTestFinished, test } from 'vitest';
import { openTestServer, type Session } from './test-server.ts';

// The walk of docs/architecture.md, over the wire: the document comes in by HTTP, people do their tasks
// through GraphQL, the carrier plugin makes the label in its own process.
test('a purchase order becomes an order, is reviewed, made, picked, packed, shipped, delivered and closed', async () => {
  const server = await openTestServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  const operations = await server.signIn('operations');
  const finance = await server.signIn('finance');
  const warehouse = await server.signIn('warehouse');

  const document = await readFile(
    new URL('../../../packages/templates/documents/850-large.edi', import.meta.url),
  );
  const takenIn = await operations.fetch('/intake?fileName=850-large.edi', {
    method: 'POST',
    body: document,
  });
  expect(takenIn.status).toBe(201);
  const { acknowledgement, transactions } = (await takenIn.json()) as {
    acknowledgement: string;
    transactions: { order: { id: string; number: string } }[];
  };
  expect(acknowledgement).toContain('AK5*A');
  const { id, number } = must(transactions[0], 'the order').order;
  expect(await stateOf(operations, id)).toEqual({ state: 'in_review', stage: 'reviewed' });

  const again = await operations.fetch('/intake', { method: 'POST', body: document });
  expect(again.status).toBe(409);

  await completeTask(finance, id, 'Review order', { approved: true, note: 'Framework contract.' });
  await completeTask(warehouse, id, 'Make goods', { made: [{ sequence: 3, made: 10 }] });
  await completeTask(warehouse, id, 'Pick goods', {
    picked: [
      { sequence: 1, picked: 20 },
      { sequence: 2, picked: 30 },
      { sequence: 3, picked: 10 },
    ],
  });
  await completeTask(warehouse, id, 'Pack goods', {
    parcels: [
      { weightGrams: 60_000, lengthMm: 1200, widthMm: 800, heightMm: 700 },
      { weightGrams: 45_000, lengthMm: 1200, widthMm: 800, heightMm: 500 },
    ],
    service: 'standard',
  });
  await expect
    .poll(() => stateOf(operations, id), { timeout: 60_000 })
    .toEqual({
      state: 'shipped',
      stage: 'shipped',
    });

  const { order } = await operations.query<ShippedOrder>(
    `query Shipped($id: ID!) { order(id: $id) { shipments {
       carrier trackingNumber parcels { sscc label { url mediaType } } } } }`,
    { id },
  );
  const shipment = must(order.shipments[0], 'the shipment');
  expect(shipment.parcels).toHaveLength(2);
  for (const { sscc, label } of shipment.parcels) {
    const file = await operations.fetch(label.url);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    const { barcodes, text } = await readLabel(new Uint8Array(await file.arrayBuffer()));
    expect(barcodes).toEqual([{ format: 'Code128', contentType: 'GS1', text: `00${sscc}` }]);
    expect(text).toContain(number);
  }

  await operations.query(
    `mutation Deliver($input: RecordTrackingInput!) { recordTracking(input: $input) { __typename } }`,
    {
      input: {
        idempotencyKey: 'driver-app-1',
        trackingNumber: shipment.trackingNumber,
        events: [
          { status: 'delivered', occurredAt: '2026-03-05T09:30:00Z', text: 'Handed to the front desk' },
        ],
      },
    },
  );
  expect(await stateOf(operations, id)).toEqual({ state: 'closed', stage: 'after-sales' });

  const timeline = await timelineOf(operations, id);
  expect(timeline).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: 'order.placed', actorName: 'Oscar Operations' }),
      expect.objectContaining({ action: 'order.held', reason: expect.stringContaining('10,000') }),
      expect.objectContaining({
        action: 'task.completed',
        actorName: 'Fiona Finance',
        reason: 'Framework contract.',
      }),
      expect.objectContaining({ action: 'shipment.booked' }),
      expect.objectContaining({ action: 'order.closed' }),
    ]),
  );
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
});

interface ShippedOrder {
  readonly order: {
    readonly shipments: readonly {
      readonly carrier: string;
      readonly trackingNumber: string;
      readonly parcels: readonly { readonly sscc: string; readonly label: { readonly url: string } }[];
    }[];
  };
}

async function stateOf(session: Session, id: string): Promise<{ state: string; stage: string | null }> {
  const { order } = await session.query<{ order: { state: string; process: { stage: string | null } } }>(
    `query State($id: ID!) { order(id: $id) { state process { stage } } }`,
    { id },
  );
  return { state: order.state, stage: order.process.stage };
}

async function completeTask(
  session: Session,
  orderId: string,
  name: string,
  variables: object,
): Promise<void> {
  const { tasks } = await session.query<{
    tasks: { nodes: { id: string; name: string; order: { id: string } }[] };
  }>(`{ tasks { nodes { id name order { id } } } }`);
  const task = must(
    tasks.nodes.find((it) => it.name === name && it.order.id === orderId),
    `the open task ${name}`,
  );
  const { completeTask: answer } = await session.query<{ completeTask: { __typename: string } }>(
    `mutation Complete($input: CompleteTaskInput!) {
       completeTask(input: $input) { __typename ... on Failure { code message field fix } } }`,
    { input: { idempotencyKey: task.id, taskId: task.id, variables } },
  );
  expect(answer).toEqual({ __typename: 'CompleteTaskPayload' });
}

async function timelineOf(
  session: Session,
  id: string,
): Promise<readonly { at: string; action: string; actorName: string; reason: string | null }[]> {
  const { order } = await session.query<{
    order: { timeline: { at: string; action: string; actorName: string; reason: string | null }[] };
  }>(`query Timeline($id: ID!) { order(id: $id) { timeline { at action actorName reason } } }`, { id });
  return order.timeline;
}
