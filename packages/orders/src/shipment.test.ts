import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isTrackingStatus,
  shipmentState,
  type TrackedEvent,
  TRACKING_STATUSES,
  type TrackingStatus,
} from './shipment.ts';

const event = (hour: number, status: TrackingStatus, dedupeKey = `${hour}${status}`): TrackedEvent => ({
  dedupeKey,
  status,
  occurredAt: new Date(Date.UTC(2026, 0, 1, hour)),
});
const statusOf = (...events: TrackedEvent[]) => shipmentState(events).status;

describe('events fold into one status', () => {
  test.each<[string, TrackedEvent[], TrackingStatus]>([
    ['nothing said', [], 'pending'],
    ['the way as drawn', [event(1, 'picked_up'), event(2, 'in_transit'), event(3, 'delivered')], 'delivered'],
    ['told backwards', [event(3, 'delivered'), event(2, 'in_transit'), event(1, 'picked_up')], 'delivered'],
    ['a scan with a wrong clock', [event(1, 'delivered'), event(9, 'in_transit')], 'delivered'],
    ['delivered, then returned', [event(1, 'delivered'), event(5, 'returned')], 'returned'],
    ['returned stays returned', [event(1, 'returned'), event(5, 'delivered')], 'returned'],
    ['a failed attempt', [event(1, 'out_for_delivery'), event(2, 'delivery_failed')], 'delivery_failed'],
    [
      'a second attempt',
      [event(1, 'out_for_delivery'), event(2, 'delivery_failed'), event(3, 'out_for_delivery')],
      'out_for_delivery',
    ],
    [
      'an exception on the way is over with the next scan',
      [event(1, 'exception'), event(2, 'in_transit')],
      'in_transit',
    ],
    ['trouble does not undo delivery', [event(1, 'delivered'), event(2, 'exception')], 'delivered'],
    ['a late first scan', [event(2, 'in_transit'), event(3, 'picked_up')], 'in_transit'],
  ])('%s', (_case, events, status) => {
    expect(statusOf(...events)).toBe(status);
  });

  test('an event told twice is in the timeline once, by the time it happened', () => {
    const first = event(1, 'picked_up', 'scan-1');
    const second = event(2, 'in_transit', 'scan-2');
    expect(shipmentState([second, first, second])).toEqual({
      status: 'in_transit',
      since: second.occurredAt,
      timeline: [first, second],
    });
  });
});

test('a status is known by its name', () => {
  expect(isTrackingStatus('in_transit')).toBe(true);
  expect(isTrackingStatus('teleported')).toBe(false);
});

const events = fc.array(
  fc.tuple(fc.nat(20), fc.constantFrom(...TRACKING_STATUSES)).map(([hour, status]) => event(hour, status)),
);

describe('whatever a carrier says', () => {
  test('order and repetition change nothing', () => {
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (events, dice) => {
        const shuffled = [...events, ...events.slice(0, 3)]
          .map((event) => ({ event, key: dice.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ event }) => event);
        expect(shipmentState(shuffled)).toEqual(shipmentState(events));
      }),
    );
  });

  test('a delivered parcel stays delivered until it is returned, a returned one returned', () => {
    fc.assert(
      fc.property(events, events, (before, after) => {
        const then = statusOf(...before);
        const now = statusOf(...before, ...after);
        if (then === 'delivered') expect(['delivered', 'returned']).toContain(now);
        if (then === 'returned') expect(now).toBe('returned');
      }),
    );
  });
});
