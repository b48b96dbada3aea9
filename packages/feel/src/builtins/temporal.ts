import { Decimal } from '@orderloom/kernel';
import { monthsBetween } from '../arithmetic.ts';
import { dayOfYear, weekday, weekOfYear, type CalendarDay } from '../calendar.ts';
import { warn } from '../run.ts';
import { dateTimeOfDate, zoneOf } from '../temporal.ts';
import {
  dateOf,
  dateTimeOf,
  NANOS_PER_SECOND,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
  parseZone,
  timeOf,
  type FeelDate,
  type FeelDateTime,
  type FeelTime,
  type NanosDuration,
} from '../temporal-value.ts';
import type { Value } from '../value.ts';
import { UTC, type Zone } from '../zone.ts';
import {
  date,
  dateOrDateTime,
  dateTime,
  daysDuration,
  define,
  duration,
  number,
  optional,
  text,
  time,
  type Call,
  type Signature,
} from './define.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const parsed =
  (kind: string, parse: (source: string) => Value) =>
  (source: string, { run, span }: Call): Value =>
    parse(source) ?? warn(run, span, `${JSON.stringify(source.slice(0, 40))} is not a ${kind}.`);

function timeOfParts(
  hour: Decimal,
  minute: Decimal,
  second: Decimal,
  offset: NanosDuration | undefined,
): FeelTime | null {
  if (!hour.isInt() || !minute.isInt()) return null;
  const whole = second.floor();
  const nano = second.minus(whole).times(NANOS_PER_SECOND).trunc().toNumber();
  const zone = offset === undefined ? null : zoneOfOffset(offset);
  return zone === undefined ? null : timeOf(hour.toNumber(), minute.toNumber(), whole.toNumber(), nano, zone);
}

function zoneOfOffset({ nanos }: NanosDuration): Zone | undefined {
  const offset = Number(nanos / BigInt(NANOS_PER_SECOND));
  return Math.abs(offset) <= 18 * 3600 ? { offset } : undefined;
}

/** Both dates and date-times have a calendar day. */
const dayOf = (value: FeelDate | FeelDateTime): CalendarDay => (value.kind === 'date' ? value : value.date);

export const TEMPORAL_BUILTINS: readonly Signature[] = [
  define('date', [text('from')], parsed('date', parseDate)),
  define('date', [date('from')], (from) => from),
  define('date', [dateTime('from')], ({ date: day }) => dateOf(day)),
  define('date', [number('year'), number('month'), number('day')], (year, month, day) =>
    [year, month, day].every((part) => part.isInt())
      ? dateOf({ year: year.toNumber(), month: month.toNumber(), day: day.toNumber() })
      : null,
  ),

  define('time', [text('from')], parsed('time', parseTime)),
  define('time', [time('from')], (from) => from),
  define('time', [dateTime('from')], ({ nanos, zone }) => ({ kind: 'time', nanos, zone })),
  define('time', [date('from')], () => timeOf(0, 0, 0, 0, UTC)),
  define(
    'time',
    [number('hour'), number('minute'), number('second'), optional(daysDuration('offset'))],
    timeOfParts,
  ),

  define('date and time', [text('from')], parsed('date and time', parseDateTime)),
  define('date and time', [dateTime('from')], (from) => from),
  define('date and time', [date('from')], (from) => dateTimeOf(from, { nanos: 0, zone: UTC })),
  define('date and time', [date('date'), time('time')], dateTimeOf),
  define('date and time', [dateTime('date'), time('time')], ({ date: day }, clock) => dateTimeOf(day, clock)),
  define('date and time', [text('from'), text('timezone')], (from, timezone) => {
    const local = parseDateTime(from);
    const zone = parseZone(/^(Z|[+-]\d\d:\d\d)$/.test(timezone) ? timezone : `@${timezone}`);
    return local === null || local.zone !== null || zone === undefined ? null : { ...local, zone };
  }),
  define(
    'date and time',
    [
      number('year'),
      number('month'),
      number('day'),
      number('hour'),
      number('minute'),
      number('second'),
      optional(daysDuration('offset')),
    ],
    (year, month, day, hour, minute, second, zone) => {
      if (![year, month, day].every((part) => part.isInt())) return null;
      const calendarDay = dateOf({ year: year.toNumber(), month: month.toNumber(), day: day.toNumber() });
      const clock = timeOfParts(hour, minute, second, zone);
      return calendarDay && clock && dateTimeOf(calendarDay, clock);
    },
  ),

  define('duration', [text('from')], parsed('duration', parseDuration)),
  define('duration', [duration('from')], (from) => from),
  define('years and months duration', [dateOrDateTime('from'), dateOrDateTime('to')], (from, to) =>
    monthsBetween(dayOf(from), dayOf(to)),
  ),

  define('now', [], ({ run: { environment } }) => dateTimeOfDate(environment.now, zoneOf(environment))),
  define('today', [], ({ run: { environment } }) => {
    const now = dateTimeOfDate(environment.now, zoneOf(environment));
    return now && dateOf(now.date);
  }),

  define('day of year', [dateOrDateTime('date')], (value) => new Decimal(dayOfYear(dayOf(value)))),
  define('day of week', [dateOrDateTime('date')], (value) => WEEKDAYS[weekday(dayOf(value)) - 1] ?? null),
  define('month of year', [dateOrDateTime('date')], (value) => MONTHS[dayOf(value).month - 1] ?? null),
  define('week of year', [dateOrDateTime('date')], (value) => new Decimal(weekOfYear(dayOf(value)))),
];
