/// <reference lib="esnext.temporal" />
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, calendarDay, epochDay, weekday, weekOfYear } from './calendar.ts';
import { addDuration, compileExpression, toDurationMs, toInstant } from './index.ts';

const iso = (date: Date | null) => date?.toISOString() ?? null;

describe('instants of timers', () => {
  test.each([
    ['2026-02-01T10:00:00Z', undefined, '2026-02-01T10:00:00.000Z'],
    ['2026-02-01T10:00:00.123456789+02:00', undefined, '2026-02-01T08:00:00.123Z'],
    ['2026-02-01T10:00:00', undefined, '2026-02-01T10:00:00.000Z'],
    ['2026-02-01T10:00:00', 'Europe/Paris', '2026-02-01T09:00:00.000Z'],
    ['2026-07-01T10:00:00@Europe/Paris', 'Asia/Shanghai', '2026-07-01T08:00:00.000Z'],
    ['2026-02-01', 'Asia/Shanghai', '2026-01-31T16:00:00.000Z'],
    ['1969-12-31T23:59:59.9999Z', undefined, '1969-12-31T23:59:59.999Z'],
    ['tomorrow', undefined, null],
    ['P1D', undefined, null],
    [5, undefined, null],
  ])('%s in zone %s is %s', (value, timeZone, expected) => {
    expect(iso(toInstant(value, timeZone === undefined ? {} : { timeZone }))).toBe(expected);
  });

  test('a local time that clocks skip moves forward, one they repeat is the first', () => {
    const paris = { timeZone: 'Europe/Paris' };
    expect(iso(toInstant('2026-03-29T02:30:00', paris))).toBe('2026-03-29T01:30:00.000Z');
    expect(iso(toInstant('2026-10-25T02:30:00', paris))).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('durations of timers', () => {
  test.each([
    ['2026-01-31T10:00:00Z', 'P1M', undefined, '2026-02-28T10:00:00.000Z'],
    ['2024-02-29T10:00:00Z', 'P1Y', undefined, '2025-02-28T10:00:00.000Z'],
    ['2026-02-01T10:00:00Z', 'P1Y2M3DT4H5M6.5S', undefined, '2027-04-04T14:05:06.500Z'],
    ['2026-02-01T10:00:00Z', 'P2W', undefined, '2026-02-15T10:00:00.000Z'],
    ['2026-02-01T10:00:00Z', 'PT90M', undefined, '2026-02-01T11:30:00.000Z'],
    ['2026-02-01T10:00:00Z', '-P1D', undefined, '2026-01-31T10:00:00.000Z'],
    ['2026-03-28T12:00:00Z', 'P1D', 'Europe/Paris', '2026-03-29T11:00:00.000Z'],
    ['2026-03-28T12:00:00Z', 'PT24H', 'Europe/Paris', '2026-03-29T12:00:00.000Z'],
  ])('%s + %s in zone %s is %s', (start, duration, timeZone, expected) => {
    expect(iso(addDuration(new Date(start), duration, timeZone))).toBe(expected);
  });

  test.each(['', 'P', 'PT', 'P1', '1D', 'P1S', 'P1DT', 'P999999Y', 'P1.5D'])('%j is refused', (text) => {
    expect(() => addDuration(new Date(0), text)).toThrowError(
      expect.objectContaining({ code: 'FEEL_DURATION' }),
    );
  });

  test('only days and time have a length', () => {
    expect(toDurationMs('P1DT1H')).toBe(90_000_000);
    expect(toDurationMs('-PT0.5S')).toBe(-500);
    expect(toDurationMs('P1M')).toBeNull();
    expect(toDurationMs(null)).toBeNull();
  });
});

describe('the calendar agrees with the platform’s Temporal', () => {
  const days = fc.integer({ min: -90_000_000, max: 90_000_000 });
  const plain = (epochDays: number) => Temporal.PlainDate.from('1970-01-01').add({ days: epochDays });

  test('days, weekdays and weeks', () => {
    fc.assert(
      fc.property(days, (epochDays) => {
        const day = calendarDay(epochDays);
        const expected = plain(epochDays);
        expect(day).toEqual({ year: expected.year, month: expected.month, day: expected.day });
        expect(epochDay(day)).toBe(epochDays);
        expect(weekday(day)).toBe(expected.dayOfWeek);
        expect(weekOfYear(day)).toBe(expected.weekOfYear);
      }),
    );
  });

  test('months', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -20_000, max: 20_000 }), (epochDays, months) => {
        const { year, month, day } = plain(epochDays).add({ months });
        expect(addMonths(calendarDay(epochDays), months)).toEqual({ year, month, day });
      }),
    );
  });

  test('local times in zones', () => {
    const minutes = fc.integer({ min: -60_000_000, max: 60_000_000 });
    const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(minutes, zones, (minute, timeZone) => {
        const local = Temporal.PlainDateTime.from('1970-01-01T00:00').add({ minutes: minute });
        const expected = local.toZonedDateTime(timeZone).epochMilliseconds;
        const text = local.toString({ smallestUnit: 'second' });
        fc.pre(/^\d{4}-/.test(text));
        expect(toInstant(text, { timeZone })?.getTime()).toBe(expected);
      }),
    );
  });
});

test('durations survive being written and read', () => {
  const round = compileExpression('duration(string(duration(text))) = duration(text)');
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (seconds) => {
      const text = `${seconds < 0n ? '-' : ''}PT${seconds < 0n ? -seconds : seconds}S`;
      expect(round.evaluate({ text }, { now: new Date(0) }).value).toBe(true);
    }),
  );
});
