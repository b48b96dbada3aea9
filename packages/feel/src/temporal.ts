import { fail } from '@orderloom/kernel';
import type { FeelValue } from './json-value.ts';
import type { FeelEnvironment } from './run.ts';
import {
  addToDateTime,
  dateTimeOfInstant,
  instantNanos,
  NANOS_PER_SECOND,
  parseDateTime,
  parseDuration,
  type FeelDateTime,
} from './temporal-value.ts';
import { isZoneName, UTC, type Zone } from './zone.ts';

const NANOS_PER_MS = BigInt(NANOS_PER_SECOND / 1000);

/** The zone the environment names; UTC when it names none or one that does not exist. */
export function zoneOf({ timeZone }: Pick<FeelEnvironment, 'timeZone'>): Zone {
  return timeZone !== undefined && isZoneName(timeZone) ? { name: timeZone } : UTC;
}

export function dateTimeOfDate(date: Date, zone: Zone): FeelDateTime | null {
  return Number.isNaN(date.getTime()) ? null : dateTimeOfInstant(BigInt(date.getTime()) * NANOS_PER_MS, zone);
}

/**
 * The instant an ISO 8601 date and time (or a date: its midnight) stands for, in whole milliseconds. A
 * local time is read in the environment's zone. Null for anything else.
 */
export function toInstant(value: FeelValue, environment: Pick<FeelEnvironment, 'timeZone'>): Date | null {
  const dateTime = typeof value === 'string' ? parseDateTime(value) : null;
  return dateTime === null ? null : dateOf(dateTime, dateTime.zone ?? zoneOf(environment));
}

/** The length of a days and time duration (`PT1H30M`) in milliseconds; null for anything else: months have no fixed length. */
export function toDurationMs(value: FeelValue): number | null {
  const duration = typeof value === 'string' ? parseDuration(value) : null;
  return duration?.kind === 'days and time duration' ? Number(duration.nanos / NANOS_PER_MS) : null;
}

const ISO_DURATION =
  /^([+-]?)P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,9})D)?(T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;

/**
 * The instant that much later: years and months on the calendar (31 January + P1M is 28 February),
 * then weeks and days on the calendar too (the same time of day, also over changes of the clocks),
 * then hours, minutes and seconds on the time line. The calendar is that of `timeZone`, UTC when absent.
 *
 * Throws FEEL_DURATION for a text that is no ISO 8601 duration, or when the result is out of range.
 */
export function addDuration(instant: Date, isoDuration: string, timeZone?: string): Date {
  const match = ISO_DURATION.exec(isoDuration.trim());
  if (match === null) notDuration(isoDuration);
  const [, sign, years = '0', months = '0', weeks = '0', days = '0', time = ''] = match;
  const direction = sign === '-' ? '-' : '';
  const zone = timeZone === undefined ? UTC : zoneOf({ timeZone });

  const start = dateTimeOfDate(instant, zone);
  const onCalendar = [
    `P${years}Y${months}M`,
    `P${Number(weeks) * 7 + Number(days)}D`,
  ].reduce<FeelDateTime | null>(
    (local, part) => local && plus(local, direction + part),
    start && { ...start, zone: null },
  );
  const end = onCalendar && plus({ ...onCalendar, zone }, direction + (time === '' ? 'PT0S' : `P${time}`));
  return (end && dateOf(end, zone)) ?? notDuration(isoDuration);
}

function plus(value: FeelDateTime, text: string): FeelDateTime | null {
  const duration = parseDuration(text);
  return duration && addToDateTime(value, duration);
}

function dateOf(value: FeelDateTime, zone: Zone): Date | null {
  const nanos = instantNanos(value, zone);
  // Floors, so that instants before 1970 do not move into the future.
  const ms = (nanos - (((nanos % NANOS_PER_MS) + NANOS_PER_MS) % NANOS_PER_MS)) / NANOS_PER_MS;
  // oxlint-disable-next-line no-restricted-globals -- represents a given instant, reads no clock
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? null : date;
}

function notDuration(text: string): never {
  fail('FEEL_DURATION', `${JSON.stringify(text)} is not an ISO 8601 duration that can be added here.`, {
    fix: 'Write a duration such as PT15M, P2D or P1M.',
  });
}
