import { describe, expect, it } from 'vitest';
import { decisionsOf, positionsOf, takenFlowsOf, type HistoryEvent } from './process-history.ts';

const at = new Date('2026-03-02T08:00:00Z');
const event = (type: string, element: string | null, data: object = {}): HistoryEvent => ({
  type,
  element,
  data,
  at,
});
const entered = (element: string, id: string) => event('element.entered', element, { id });
const completed = (element: string, id: string) => event('element.completed', element, { id });

describe('positions', () => {
  it('are the visits of each element, by how they stand', () => {
    const events = [
      entered('Start', '1'),
      completed('Start', '1'),
      entered('Pick', '2'),
      completed('Pick', '2'),
      entered('Pick', '3'),
      completed('Pick', '3'),
      entered('Pick', '4'),
      entered('Wait', '5'),
      event('element.cancelled', 'Wait', { id: '5', reason: 'interrupted' }),
    ];
    expect(positionsOf(events, [])).toEqual([
      { elementId: 'Start', state: 'COMPLETED', count: 1, note: null },
      { elementId: 'Pick', state: 'COMPLETED', count: 2, note: null },
      { elementId: 'Pick', state: 'ACTIVE', count: 1, note: null },
      { elementId: 'Wait', state: 'CANCELLED', count: 1, note: null },
    ]);
  });

  it('show an open incident where it is', () => {
    const incidents = [{ element: 'Book', message: 'The carrier does not answer.' }];
    expect(positionsOf([entered('Book', '1')], incidents)).toEqual([
      { elementId: 'Book', state: 'INCIDENT', count: 1, note: 'The carrier does not answer.' },
    ]);
  });

  it('show an incident of tokens that are stuck before an element', () => {
    const incidents = [{ element: 'Join', message: 'No token can come on the other flow.' }];
    expect(positionsOf([], incidents)).toEqual([
      { elementId: 'Join', state: 'INCIDENT', count: 1, note: 'No token can come on the other flow.' },
    ]);
  });
});

it('names each flow once, in the order first taken', () => {
  const taken = (flow: string) => event('flow.taken', null, { flow });
  expect(takenFlowsOf([taken('a'), entered('X', '1'), taken('b'), taken('a')])).toEqual(['a', 'b']);
});

it('tells each decision with its explanation', () => {
  const explanation = { matched: [2] };
  expect(
    decisionsOf([event('decision.evaluated', 'Review', { decision: 'order-review', explanation })]),
  ).toEqual([{ element: 'Review', decision: 'order-review', explanation, at }]);
});
