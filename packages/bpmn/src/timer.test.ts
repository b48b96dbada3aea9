import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literal } from './expression.ts';
import { nextRepetition, nextStart, parseCycle, scheduleTimer, type TimerDefinition } from './timer.ts';

const timer = (kind: TimerDefinition['kind'], text: string): TimerDefinition => ({
  kind,
  expression: literal(text),
});
const now = new Date('2026-03-28T09:00:00Z');

describe('scheduleTimer', () => {
  test.for([
    {
      kind: 'date',
      text: '2026-03-30T08:00:00',
      dueAt: '2026-03-30T06:00:00.000Z',
      why: 'a local time, in the zone given',
    },
    { kind: 'duration', text: 'PT24H', dueAt: '2026-03-29T09:00:00.000Z', why: '24 hours' },
    {
      kind: 'duration',
      text: 'P1D',
      dueAt: '2026-03-29T08:00:00.000Z',
      why: 'a day: the same time on the clock, which is set forward',
    },
    { kind: 'cycle', text: 'R3/PT1H', dueAt: '2026-03-28T10:00:00.000Z', why: 'an interval from now' },
    {
      kind: 'cycle',
      text: 'R/2026-03-27T00:00:00Z/P1D',
      dueAt: '2026-03-27T00:00:00.000Z',
      why: 'a start that is past',
    },
  ] as const)('$kind $text: $why', ({ kind, text, dueAt }) => {
    const schedule = scheduleTimer(timer(kind, text), {}, { now, timeZone: 'Europe/Berlin' });
    expect(schedule.dueAt.toISOString()).toBe(dueAt);
  });

  test.for([
    { kind: 'date', text: 'P1D' },
    { kind: 'cycle', text: 'PT1H' },
    { kind: 'cycle', text: 'R/PT0S' },
    { kind: 'cycle', text: 'R0/PT1H' },
    { kind: 'cycle', text: 'R/tomorrow/PT1H' },
  ] as const)('$kind $text is refused', ({ kind, text }) => {
    expect(() => scheduleTimer(timer(kind, text), {}, { now, timeZone: 'UTC' })).toThrow(
      expect.objectContaining({ code: 'TIMER_VALUE' }),
    );
  });
});

test('a cycle is due as often as it says', () => {
  let schedule = scheduleTimer(timer('cycle', 'R3/PT1H'), {}, { now, timeZone: 'UTC' });
  let count = 1;
  for (;;) {
    const next = nextRepetition(schedule, 'UTC');
    if (next === null) break;
    expect(next.dueAt.getTime() - schedule.dueAt.getTime()).toBe(3_600_000);
    schedule = next;
    count += 1;
  }
  expect(count).toBe(3);
});

describe('nextStart', () => {
  test.for([
    { kind: 'cycle', text: 'R/PT1H', due: '2026-03-28T10:00:00.000Z' },
    {
      kind: 'cycle',
      text: 'R/2026-01-31T00:00:00Z/P1M',
      due: '2026-03-28T00:00:00.000Z',
      after: '2026-03-01T00:00:00Z',
    },
    { kind: 'cycle', text: 'R/1990-01-01T00:00:00Z/PT1S', due: '2026-03-28T09:00:01.000Z' },
    { kind: 'cycle', text: 'R2/2026-03-28T09:00:00Z/PT1H', due: '2026-03-28T10:00:00.000Z' },
    { kind: 'cycle', text: 'R1/2026-03-28T09:00:00Z/PT1H', due: undefined },
    { kind: 'cycle', text: 'R5/1990-01-01T00:00:00Z/PT1S', due: undefined },
    { kind: 'date', text: '2026-03-28T09:00:00Z', due: undefined },
  ] as const)('$text is due at $due', ({ kind, text, due, ...rest }) => {
    const after = 'after' in rest ? new Date(rest.after) : now;
    expect(nextStart(timer(kind, text), after, 'UTC')?.toISOString()).toBe(due);
  });

  test('it is the first repetition after the given time, however long the cycle has run', () => {
    const begin = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 1e9 }),
        (seconds, elapsed) => {
          const cycle = timer('cycle', `R/2026-01-01T00:00:00Z/PT${seconds}S`);
          const due = nextStart(cycle, new Date(begin + elapsed), 'UTC')?.getTime() ?? 0;
          expect(due).toBeGreaterThan(begin + elapsed);
          expect(due - seconds * 1000).toBeLessThanOrEqual(begin + elapsed);
          expect((due - begin) % (seconds * 1000)).toBe(0);
        },
      ),
    );
  });
});

test.for([
  { text: 'R/PT1H', cycle: { count: null, start: null, interval: 'PT1H' } },
  { text: 'R5/2026-01-01/P1D', cycle: { count: 5, start: '2026-01-01', interval: 'P1D' } },
  { text: 'R-1/PT1H', cycle: null },
  { text: 'every hour', cycle: null },
])('parseCycle($text)', ({ text, cycle }) => {
  expect(parseCycle(text)).toEqual(cycle);
});
