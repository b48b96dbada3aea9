import { Decimal } from '@orderloom/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LineFacts, ORDER_STAGES, type OrderFacts, orderState, requireLineOrder } from './lifecycle.ts';

const at = new Date('2026-03-02T09:00:00Z');
const open = { releasedAt: null };
const released = { releasedAt: at };

function line(quantities: Partial<Record<keyof LineFacts, Decimal.Value>>): LineFacts {
  const quantity = (name: keyof LineFacts) => new Decimal(quantities[name] ?? 0);
  return {
    ordered: quantity('ordered'),
    cancelled: quantity('cancelled'),
    reserved: quantity('reserved'),
    ...(quantities.allocated === undefined ? {} : { allocated: quantity('allocated') }),
    picked: quantity('picked'),
    packed: quantity('packed'),
    shipped: quantity('shipped'),
    delivered: quantity('delivered'),
  };
}

const received: OrderFacts = {
  holds: [],
  approvedAt: null,
  cancelledAt: null,
  closedAt: null,
  lines: [line({ ordered: 2 }), line({ ordered: 3 })],
};
const approved: OrderFacts = { ...received, approvedAt: at };
const goods = (...lines: Parameters<typeof line>[0][]): OrderFacts => ({
  ...approved,
  lines: lines.map(line),
});

describe('a state follows from facts', () => {
  test.each<[string, OrderFacts]>([
    ['received', received],
    ['in_review', { ...received, holds: [open] }],
    ['in_review', { ...received, holds: [released] }],
    ['confirmed', { ...approved, holds: [released] }],
    ['on_hold', { ...approved, holds: [released, open] }],
    ['backordered', { ...approved, stockShortAt: at }],
    ['partly_reserved', goods({ ordered: 2, reserved: 2 }, { ordered: 3 })],
    ['reserved', goods({ ordered: 2, reserved: 2 }, { ordered: 3, reserved: 3 })],
    ['allocated', goods({ ordered: 2, reserved: 2, allocated: 2 })],
    ['picking', goods({ ordered: 2, reserved: 2, picked: 1 })],
    ['packed', goods({ ordered: 2, reserved: 2, picked: 2, packed: 2 })],
    ['partly_shipped', goods({ ordered: 2, reserved: 2, picked: 2, packed: 2, shipped: 1 })],
    ['shipped', goods({ ordered: 3, cancelled: 1, reserved: 2, picked: 2, packed: 2, shipped: 2 })],
    ['delivered', goods({ ordered: 1, reserved: 1, picked: 1, packed: 1, shipped: 1, delivered: 1 })],
    ['closed', { ...approved, closedAt: at, holds: [open] }],
    ['cancelled', { ...received, cancelledAt: at }],
    ['cancelled', goods({ ordered: 2, cancelled: 2 })],
  ])('%s: %#', (name, facts) => {
    expect(orderState(facts).name).toBe(name);
  });

  test('a hold and a shortage are told beside the stage', () => {
    const facts = goods({ ordered: 2, reserved: 1, picked: 1 });
    expect(orderState({ ...facts, holds: [open], stockShortAt: at })).toMatchObject({
      stage: 'picking',
      partly: true,
      onHold: true,
      backordered: true,
      name: 'on_hold',
    });
  });

  test('a shortage ends when the stock is reserved', () => {
    expect(orderState({ ...goods({ ordered: 2, reserved: 2 }), stockShortAt: at }).backordered).toBe(false);
  });
});

describe('a line never counts more at a later stage than before it', () => {
  test.each([
    ['reserved', { ordered: 1, reserved: 2 }],
    ['reserved', { ordered: 2, cancelled: 1, reserved: 2 }],
    ['allocated', { ordered: 2, reserved: 1, picked: 2 }],
    ['picked', { ordered: 2, reserved: 2, allocated: 1, picked: 2 }],
    ['packed', { ordered: 2, reserved: 2, picked: 1, packed: 2 }],
    ['shipped', { ordered: 2, reserved: 2, picked: 2, packed: 1, shipped: 2 }],
    ['delivered', { ordered: 2, reserved: 2, picked: 2, packed: 2, shipped: 1, delivered: 2 }],
    ['nothing', { ordered: 2, delivered: -1 }],
  ])('too much %s', (field, quantities) => {
    expect(() => requireLineOrder(line(quantities))).toThrowError(
      expect.objectContaining({ code: 'ORDER_LINE_QUANTITIES', field }),
    );
  });
});

/** A lawful history: facts that only ever grow, in any interleaving the line invariants allow. */
const history = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('reserved', 'allocated', 'picked', 'packed', 'shipped', 'delivered'),
      line: fc.nat(2),
    }),
    fc.record({ kind: fc.constantFrom('hold', 'release', 'approve', 'close', 'cancel') }),
  ),
  { maxLength: 60 },
);

test('along any lawful history the stage only moves forward', () => {
  fc.assert(
    fc.property(history, (steps) => {
      let facts: OrderFacts = {
        ...received,
        lines: [2, 1, 4].map((ordered) => line({ ordered, allocated: 0 })),
      };
      let stage = orderState(facts).stage;
      for (const step of steps) {
        const next = take(facts, step);
        if (!lawful(next)) continue;
        facts = next;
        const { stage: after } = orderState(facts);
        expect(ORDER_STAGES.indexOf(after)).toBeGreaterThanOrEqual(ORDER_STAGES.indexOf(stage));
        stage = after;
      }
    }),
  );
});

function take(facts: OrderFacts, step: { kind: string; line?: number }): OrderFacts {
  switch (step.kind) {
    case 'hold':
      return { ...facts, holds: [...facts.holds, open] };
    case 'release':
      return { ...facts, holds: facts.holds.map(() => released) };
    case 'approve':
      return { ...facts, approvedAt: at };
    case 'close':
      return { ...facts, closedAt: at };
    case 'cancel':
      return { ...facts, cancelledAt: at };
    default: {
      const name = step.kind as 'reserved';
      const grow = (line: LineFacts) => ({ ...line, [name]: line[name].plus(1) });
      return { ...facts, lines: facts.lines.map((line, at) => (at === step.line ? grow(line) : line)) };
    }
  }
}

function lawful(facts: OrderFacts): boolean {
  try {
    facts.lines.forEach(requireLineOrder);
    return facts.approvedAt !== null || facts.lines.every(({ reserved }) => reserved.isZero());
  } catch {
    return false;
  }
}
