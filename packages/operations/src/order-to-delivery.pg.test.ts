import { compileProcesses } from '@orderloom/bpmn';
import { err } from '@orderloom/kernel';
import { readTemplates } from '@orderloom/templates';
import { expect, test } from 'vitest';
import { transactionalHandlers } from './handlers/index.ts';
import { obligingCarrier, openDesk, parcels } from './test-desk.ts';

test('a good order goes from the document to the picker in one commit, untouched', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-small');

  expect(await desk.state(order)).toBe('reserved');
  expect(await desk.openTasks(order)).toEqual(['Pick goods']);
  expect(await desk.deeds(order)).toEqual([
    'order.placed',
    'order.checked',
    'order.approved',
    'stock.reserved',
  ]);
  expect(await desk.stock('LOOM-CHAIR-OAK')).toEqual({ onHand: 400, reserved: 4 });
});

test('what people decide is recorded as theirs, what rules do as the product’s', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-large');
  await desk.complete(order, 'Review order', { approved: true, note: 'Fine.' });
  expect(
    await desk.database.asOwner(`select action, actor from audit_event where order_id = $1 order by id`, [
      order,
    ]),
  ).toEqual([
    { action: 'order.placed', actor: 'system' }, // the desk takes documents in as the product
    { action: 'order.checked', actor: 'system' },
    { action: 'order.held', actor: 'system' },
    { action: 'task.completed', actor: 'user:finance' },
    { action: 'order.approved', actor: 'user:finance' },
    { action: 'stock.reserved', actor: 'system' },
  ]);
});

test('a large order is reviewed, made, picked, packed, shipped, delivered and closed', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-large');
  expect(await desk.state(order)).toBe('in_review');
  expect(await desk.openTasks(order)).toEqual(['Review order']);
  expect(await desk.stock('LOOM-DESK-120')).toEqual({ onHand: 120, reserved: 0 });

  await desk.complete(order, 'Review order', { approved: true, note: 'Known customer, framework contract.' });
  expect(await desk.state(order)).toBe('partly_reserved'); // the shelf kits are still to be made
  expect(await desk.openTasks(order)).toEqual(['Make goods']);

  await desk.complete(order, 'Make goods', { made: [{ sequence: 3, made: 10 }] });
  expect(await desk.stock('LOOM-SHELF-KIT')).toEqual({ onHand: 10, reserved: 10 });

  await desk.pickAll(order);
  expect(await desk.state(order)).toBe('picking');

  await desk.complete(order, 'Pack goods', { parcels: [...parcels, ...parcels], service: 'standard' });
  expect(await desk.state(order)).toBe('shipped');
  expect(await desk.stock('LOOM-DESK-120')).toEqual({ onHand: 100, reserved: 0 });
  expect(await desk.stock('LOOM-SHELF-KIT')).toEqual({ onHand: 0, reserved: 0 });

  await desk.track(order, 'delivered');
  expect(await desk.state(order)).toBe('closed');
  expect(await desk.openTasks(order)).toEqual([]);
  expect(await desk.deeds(order)).toEqual([
    'order.placed',
    'order.checked',
    'order.held',
    'task.completed',
    'order.approved',
    'stock.reserved',
    'task.completed',
    'goods.made',
    'task.completed',
    'goods.picked',
    'task.completed',
    'goods.packed',
    'shipment.booked',
    'goods.shipped',
    'shipment.delivered',
    'goods.delivered',
    'order.closed',
  ]);
});

test('who approved and why stands at the hold', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-large');
  await desk.complete(order, 'Review order', { approved: true, note: 'Paid in advance.' });
  expect(
    await desk.database.asOwner(`select kind, released_by, release_note from hold where order_id = $1`, [
      order,
    ]),
  ).toEqual([{ kind: 'AMOUNT_OVER_LIMIT', released_by: 'user:finance', release_note: 'Paid in advance.' }]);
});

test('every parcel has an SSCC of its own and its label', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-small');
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels: [...parcels, ...parcels], service: 'same-day' });
  const rows = await desk.database.asOwner<{ sscc: string; media_type: string; content: Buffer }>(
    `select parcel.sscc, document.media_type, document.content
       from parcel join document on document.id = parcel.label_document_id order by parcel.sequence`,
  );
  expect(rows.map(({ sscc }) => sscc)).toEqual(['006141410000000012', '006141410000000029']);
  expect(rows[0]!.content.toString()).toMatch(/^%PDF/);
  const [shipment] = await desk.database.asOwner(
    `select service, price::text, currency, tracking_number is not null as tracked from shipment`,
  );
  expect(shipment).toEqual({ service: 'same-day', price: '1240', currency: 'USD', tracked: true });
});

test('a refused order is cancelled and reserves nothing', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-large');
  await desk.complete(order, 'Review order', { approved: false, note: 'Limit exhausted.' });
  expect(await desk.state(order)).toBe('cancelled');
  expect(await desk.openTasks(order)).toEqual([]);
  expect(await desk.stock('LOOM-DESK-120')).toEqual({ onHand: 120, reserved: 0 });
});

test('a review that nobody does in an hour is put on record once, and stays open', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-large');
  desk.clock.advance(3_600_000);
  await desk.platform.runtime.idle();
  expect(await desk.deeds(order)).toContain('review.overdue');
  expect(await desk.openTasks(order)).toEqual(['Review order']);
});

test('scarce stock waits for a person: try again when goods are there', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-scarce-stock');
  expect(await desk.state(order)).toBe('backordered');
  expect(await desk.openTasks(order)).toEqual(['Resolve shortage']);

  await desk.complete(order, 'Resolve shortage', { decision: 'retry' });
  expect(await desk.openTasks(order)).toEqual(['Resolve shortage']); // nothing has changed yet

  await desk.setStock('LOOM-LAMP-BRASS', 100);
  await desk.complete(order, 'Resolve shortage', { decision: 'retry' });
  expect(await desk.state(order)).toBe('reserved');
  expect(await desk.stock('LOOM-LAMP-BRASS')).toEqual({ onHand: 100, reserved: 80 });
});

test('scarce stock waits for a person: cancel', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-scarce-stock');
  await desk.complete(order, 'Resolve shortage', {
    decision: 'cancel',
    note: 'The customer buys elsewhere.',
  });
  expect(await desk.state(order)).toBe('cancelled');
  expect(await desk.stock('LOOM-LAMP-BRASS')).toEqual({ onHand: 60, reserved: 0 });
});

test('an order cancelled after a short pick gives back what was reserved', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-small');
  await desk.complete(order, 'Pick goods', { picked: [{ sequence: 1, picked: 3 }] });
  expect(await desk.openTasks(order)).toEqual(['Resolve shortage']);
  await desk.complete(order, 'Resolve shortage', { decision: 'cancel' });
  expect(await desk.stock('LOOM-CHAIR-OAK')).toEqual({ onHand: 400, reserved: 0 });
});

test('what a carrier refuses is mended by a person and booked once', async () => {
  const refused = {
    kind: 'rejected' as const,
    code: 'SERVICE_UNAVAILABLE',
    message: 'No same day delivery to Portland.',
  };
  await using desk = await openDesk(async (call) =>
    (call.input as { service: string }).service === 'same-day' ? err(refused) : obligingCarrier(call),
  );
  const order = await desk.order('850-small');
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels, service: 'same-day' });
  expect(await desk.openTasks(order)).toEqual(['Fix booking']);
  expect(await desk.state(order)).toBe('packed');

  await desk.complete(order, 'Fix booking', { service: 'standard' });
  expect(await desk.state(order)).toBe('shipped');
  expect(desk.carrierCalls).toHaveLength(2);
});

test('a carrier that is down for a while is asked again with the same key', async () => {
  let failures = 2;
  await using desk = await openDesk(async (call) =>
    failures-- > 0 ? err({ kind: 'retryable', code: 'DOWN', message: 'Try later.' }) : obligingCarrier(call),
  );
  const order = await desk.order('850-small');
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels, service: 'standard' });
  for (let minutes = 0; minutes < 10; minutes++) {
    desk.clock.advance(60_000);
    await desk.platform.runtime.idle();
  }
  expect(await desk.state(order)).toBe('shipped');
  // at least once, and always the same booking to the carrier
  expect(desk.carrierCalls.length).toBeGreaterThanOrEqual(3);
  expect(new Set(desk.carrierCalls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

test('tracking told late, twice and out of order moves the order once', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-small');
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels, service: 'standard' });
  const at = (minutes: number) => new Date(desk.clock.now().getTime() + minutes * 60_000);
  await desk.track(order, 'out_for_delivery', at(20));
  await desk.track(order, 'delivered', at(30));
  await desk.track(order, 'in_transit', at(10));
  await desk.track(order, 'delivered', at(30));
  expect(await desk.state(order)).toBe('closed');
  expect((await desk.deeds(order)).filter((deed) => deed === 'shipment.delivered')).toHaveLength(1);
  expect(await desk.database.asOwner(`select 1 from tracking_event`)).toHaveLength(3);
});

test('a failed delivery goes to support and on to the customer', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-small');
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels, service: 'standard' });
  await desk.track(order, 'delivery_failed');
  expect(await desk.openTasks(order)).toEqual(['Resolve delivery']);

  await desk.complete(order, 'Resolve delivery', { note: 'Second attempt tomorrow.' });
  desk.clock.advance(86_400_000);
  await desk.track(order, 'delivered');
  expect(await desk.state(order)).toBe('closed');
});

test('the books balance: every movement sums to zero and the ledger equals the shelf', async () => {
  await using desk = await openDesk();
  const order = await desk.order('850-large');
  await desk.complete(order, 'Review order', { approved: true, note: 'Fine.' });
  await desk.complete(order, 'Make goods', { made: [{ sequence: 3, made: 10 }] });
  await desk.pickAll(order);
  await desk.complete(order, 'Pack goods', { parcels, service: 'standard' });

  const unbalanced = await desk.database.asOwner(
    `select transaction_id, sku_id from stock_entry group by transaction_id, sku_id having sum(quantity) <> 0`,
  );
  expect(unbalanced).toEqual([]);
  const differing = await desk.database.asOwner(
    `select level.sku_id, level.on_hand, sum(entry.quantity)
       from stock_level level join stock_entry entry
         on entry.sku_id = level.sku_id and entry.account = 'location:' || level.location_id
      group by level.sku_id, level.on_hand having level.on_hand <> sum(entry.quantity)`,
  );
  expect(differing).toEqual([]);
});

test('many orders at once never take more than there is', async () => {
  await using desk = await openDesk();
  const orders = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      desk.order('850-small', (text) => text.replaceAll('NW-10001', `NW-2${String(index).padStart(4, '0')}`)),
    ),
  );
  const states = await Promise.all(orders.map((order) => desk.state(order)));
  // 60 lamps, 10 an order
  expect(states.filter((state) => state === 'reserved')).toHaveLength(6);
  expect(states.filter((state) => state === 'backordered')).toHaveLength(6);
  expect(await desk.stock('LOOM-LAMP-BRASS')).toEqual({ onHand: 60, reserved: 60 });
});

test('every kind of work the shipped processes ask for has somebody who does it', async () => {
  const { processes } = await readTemplates();
  for (const { text } of processes) {
    const { processes: models } = await compileProcesses(text);
    const types = models.flatMap(({ nodes }) =>
      nodes.flatMap((node) =>
        node.type === 'serviceTask' && node.work.work === 'transactional' ? [node.work.type] : [],
      ),
    );
    expect(Object.keys(transactionalHandlers)).toEqual(expect.arrayContaining(types));
  }
});
