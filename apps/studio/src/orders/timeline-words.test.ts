import { translator } from '@orderloom/ui/i18n';
import { describe, expect, test } from 'vitest';
import { orderMessages } from './messages.ts';
import {
  hasName,
  historyReason,
  historyTitle,
  historyTone,
  isNoteworthy,
  type HistoryEntry,
} from './timeline-words.ts';

const en = translator(orderMessages, 'en');
const zh = translator(orderMessages, 'zh');

function entry(given: Partial<HistoryEntry>): HistoryEntry {
  return {
    actor: 'system',
    actorName: 'System',
    kind: 'RECORD',
    action: 'order.placed',
    elementId: null,
    elementName: null,
    reason: null,
    ...given,
  };
}

describe('what happened', () => {
  test.each([
    [entry({ action: 'order.placed' }), 'Order placed', '已下单'],
    [entry({ action: 'goods.picked-short' }), 'Fewer goods picked than ordered', '拣货数量不足'],
    [entry({ action: 'shipment.booked' }), 'Shipment booked', '已预订运输'],
    [entry({ action: 'shipment.in-transit' }), 'Carrier: In transit', '承运商：运输中'],
    [
      entry({ action: 'task.completed', elementId: 'ReviewOrder', elementName: 'Review order' }),
      'Review order: done',
      'Review order：已完成',
    ],
  ])('%j', (given, english, chinese) => {
    expect(historyTitle(given, en)).toBe(english);
    expect(historyTitle(given, zh)).toBe(chinese);
  });

  test('an action of a newer server is told in its own words', () => {
    expect(historyTitle(entry({ action: 'invoice.sent-out' }), en)).toBe('Invoice sent out');
  });
});

describe('why it happened', () => {
  test('nobody said', () => {
    expect(historyReason(entry({}), [], 'en', en)).toBeNull();
  });

  test('the product said, so it speaks every language', () => {
    const given = entry({ action: 'order.approved', reason: 'No review rule asked for a person.' });
    expect(historyReason(given, [], 'zh', zh)).toBe('没有审核规则要求人工处理。');
  });

  test('a person said', () => {
    const given = entry({ actor: 'user:1', reason: 'Called them.' });
    expect(historyReason(given, [], 'zh', zh)).toBe('Called them.');
  });
});

test('troubles of the process are noteworthy, its steps are not', () => {
  expect(isNoteworthy(entry({ kind: 'PROCESS', action: 'element.completed' }))).toBe(false);
  expect(isNoteworthy(entry({ kind: 'PROCESS', action: 'incident.raised' }))).toBe(true);
  expect(isNoteworthy(entry({ kind: 'RECORD', action: 'goods.packed' }))).toBe(true);
});

test('trouble looks like trouble', () => {
  expect(historyTone(entry({ action: 'incident.raised' }))).toBe('danger');
  expect(historyTone(entry({ action: 'goods.packed' }))).toBe('neutral');
});

test('an element called by its id has no name', () => {
  expect(hasName(entry({ elementId: 'ReviewPassed', elementName: 'ReviewPassed' }))).toBe(false);
  expect(hasName(entry({ elementId: 'ReviewOrder', elementName: 'Review order' }))).toBe(true);
});
