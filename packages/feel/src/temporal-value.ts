import { addMonths, calendarDay, epochDay, isCalendarDay, type CalendarDay } from './calendar.ts';
import { isZoneName, offsetAt, offsetAtLocal, UTC, type Zone } from './zone.ts';

/** A day without time. */
export interface FeelDate extends CalendarDay {
  readonly kind: 'date';
}

/** A time of day; null zone means local time. */
export interface FeelTime {
  readonly kind: 'time';
  /** Nanoseconds since midnight. */
  readonly nanos: number;
  readonly zone: Zone | null;
}

export interface FeelDateTime {
  readonly kind: 'date and time';
  readonly date: CalendarDay;
  readonly nanos: number;
  readonly zone: Zone | null;
}

export interface MonthsDuration {
  readonly kind: 'years and months duration';
  readonly months: number;
}

export interface NanosDuration {
  readonly kind: 'days and time duration';
  readonly nanos: bigint;
}

export type FeelDuration = MonthsDuration | NanosDuration;
export type TemporalValue = FeelDate | FeelTime | FeelDateTime | FeelDuration;

export const NANOS_PER_SECOND = 1_000_000_000;
export const NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

export function dateOf(day: CalendarDay): FeelDate | null {
  return isCalendarDay(day) ? { kind: 'date', year: day.year, month: day.month, day: day.day } : null;
}

export function timeOf(
  hour: number,
  minute: number,
  second: number,
  nano: number,
  zone: Zone | null,
): FeelTime | null {
  const valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!valid) return null;
  return { kind: 'time', nanos: (hour * 3600 + minute * 60 + second) * NANOS_PER_SECOND + nano, zone };
}

export function dateTimeOf(
  date: CalendarDay,
  { nanos, zone }: Pick<FeelTime, 'nanos' | 'zone'>,
): FeelDateTime {
  return { kind: 'date and time', date: { year: date.year, month: date.month, day: date.day }, nanos, zone };
}

export function monthsDuration(months: number): MonthsDuration | null {
  return Number.isSafeInteger(months) ? { kind: 'years and months duration', months } : null;
}

const MAX_DURATION_NANOS = 2_000_000_000n * 366n * BigInt(NANOS_PER_DAY);

export function nanosDuration(nanos: bigint): NanosDuration | null {
  const inRange = nanos <= MAX_DURATION_NANOS && nanos >= -MAX_DURATION_NANOS;
  return inRange ? { kind: 'days and time duration', nanos } : null;
}

// Text forms: ISO 8601 as XML Schema part 2 has it, with `@Area/City` for a named zone (DMN 1.3, 10.3.2.3).

const YEAR = String.raw`(-?(?:[1-9]\d{4,8}|\d{4}))`;
const DATE = String.raw`${YEAR}-(\d\d)-(\d\d)`;
const ZONE = String.raw`(Z|[+-]\d\d:\d\d(?::\d\d)?|@[\w+\-/]+)?`;
const TIME = String.raw`(\d\d):(\d\d):(\d\d)(?:\.(\d+))?${ZONE}`;
const DATE_PATTERN = new RegExp(`^${DATE}$`);
const TIME_PATTERN = new RegExp(`^T?${TIME}$`);
const MONTHS_PATTERN = /^(-?)P(?=\d)(?:(\d{1,15})Y)?(?:(\d{1,15})M)?$/;
const NANOS_PATTERN =
  /^(-?)P(?=[\dT])(?:(\d{1,18})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d+))?S)?)?$/;

export function parseDate(text: string): FeelDate | null {
  const match = DATE_PATTERN.exec(text);
  if (match === null) return null;
  return dateOf({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
}

export function parseTime(text: string): FeelTime | null {
  const match = TIME_PATTERN.exec(text);
  if (match === null) return null;
  const [, hour, minute, second, fraction, zoneText] = match;
  const zone = zoneText === undefined ? null : parseZone(zoneText);
  if (zone === undefined) return null;
  return timeOf(Number(hour), Number(minute), Number(second), parseFraction(fraction), zone);
}

/** A date alone is its midnight; 24:00:00 is the midnight at the end of the day. */
export function parseDateTime(text: string): FeelDateTime | null {
  const endOfDay = /^([^T]*)T24:00:00(?:\.0+)?([Z+\-@].*)?$/.exec(text);
  if (endOfDay !== null) {
    const start = parseDateTime(`${endOfDay[1]}T00:00:00${endOfDay[2] ?? ''}`);
    return start && dateTimeOf(calendarDay(epochDay(start.date) + 1), start);
  }
  const split = text.indexOf('T');
  const date = parseDate(split === -1 ? text : text.slice(0, split));
  if (date === null) return null;
  if (split === -1) return dateTimeOf(date, { nanos: 0, zone: null });
  const time = parseTime(text.slice(split + 1));
  return time === null || text[split + 1] === 'T' ? null : dateTimeOf(date, time);
}

export function parseDuration(text: string): FeelDuration | null {
  const months = MONTHS_PATTERN.exec(text);
  if (months !== null) {
    const count = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return monthsDuration(months[1] === '-' ? 0 - count : count);
  }
  const match = NANOS_PATTERN.exec(text);
  if (match === null) return null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction] = match;
  const total = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const nanos = total * BigInt(NANOS_PER_SECOND) + BigInt(parseFraction(fraction));
  return nanosDuration(sign === '-' ? -nanos : nanos);
}

/** What the `@"..."` literal accepts: the first of the forms above that fits. */
export function parseTemporal(text: string): TemporalValue | null {
  return parseDate(text) ?? parseTime(text) ?? parseDateTime(text) ?? parseDuration(text);
}

function parseFraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(digits.slice(0, 9).padEnd(9, '0'));
}

/** Undefined when there is no such zone. */
export function parseZone(text: string): Zone | undefined {
  if (text === 'Z') return UTC;
  if (text.startsWith('@')) {
    const name = text.slice(1);
    return isZoneName(name) ? { name } : undefined;
  }
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(':').map(Number);
  if (hours > 18 || minutes > 59 || seconds > 59) return undefined;
  const offset = hours * 3600 + minutes * 60 + seconds;
  return { offset: text.startsWith('-') ? 0 - offset : offset };
}

export function formatTemporal(value: TemporalValue): string {
  switch (value.kind) {
    case 'date':
      return formatDay(value);
    case 'time':
      return formatTimeOfDay(value);
    case 'date and time':
      return `${formatDay(value.date)}T${formatTimeOfDay(value)}`;
    case 'years and months duration':
      return formatMonths(value.months);
    default:
      return formatNanos(value.nanos);
  }
}

const pad = (value: number | bigint, digits = 2): string => value.toString().padStart(digits, '0');

function formatDay({ year, month, day }: CalendarDay): string {
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}-${pad(month)}-${pad(day)}`;
}

function formatTimeOfDay({ nanos, zone }: Pick<FeelTime, 'nanos' | 'zone'>): string {
  const seconds = Math.floor(nanos / NANOS_PER_SECOND);
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return clock + formatFraction(nanos % NANOS_PER_SECOND) + (zone === null ? '' : formatZone(zone));
}

function formatFraction(nanos: number): string {
  return nanos === 0 ? '' : `.${pad(nanos, 9).replace(/0+$/, '')}`;
}

function formatZone(zone: Zone): string {
  if ('name' in zone) return `@${zone.name}`;
  if (zone.offset === 0) return 'Z';
  const seconds = Math.abs(zone.offset);
  const rest = seconds % 60 === 0 ? '' : `:${pad(seconds % 60)}`;
  const minutes = Math.floor(seconds / 60);
  return `${zone.offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}${rest}`;
}

function formatMonths(months: number): string {
  const count = Math.abs(months);
  const years = Math.floor(count / 12);
  const text = `${years > 0 ? `${years}Y` : ''}${count % 12 > 0 ? `${count % 12}M` : ''}`;
  return `${months < 0 ? '-' : ''}P${text === '' ? '0M' : text}`;
}

function formatNanos(nanos: bigint): string {
  const { days, hours, minutes, seconds, nano } = durationParts(nanos);
  const part = (amount: number, unit: string): string => (amount === 0 ? '' : `${amount}${unit}`);
  const second = seconds === 0 && nano === 0 ? '' : `${seconds}${formatFraction(nano)}S`;
  const time = part(hours, 'H') + part(minutes, 'M') + second;
  if (days === 0 && time === '') return 'PT0S';
  return `${nanos < 0n ? '-' : ''}P${part(days, 'D')}${time === '' ? '' : `T${time}`}`;
}

/** The parts of the duration's absolute value. */
export function durationParts(nanos: bigint) {
  const total = nanos < 0n ? -nanos : nanos;
  const seconds = total / BigInt(NANOS_PER_SECOND);
  return {
    days: Number(seconds / 86_400n),
    hours: Number((seconds / 3600n) % 24n),
    minutes: Number((seconds / 60n) % 60n),
    seconds: Number(seconds % 60n),
    nano: Number(total % BigInt(NANOS_PER_SECOND)),
  };
}

// Points in time.

/** Nanoseconds since 1970-01-01T00:00 on the local clock. */
export function localNanos({ date, nanos }: Pick<FeelDateTime, 'date' | 'nanos'>): bigint {
  return BigInt(epochDay(date)) * BigInt(NANOS_PER_DAY) + BigInt(nanos);
}

/** Nanoseconds since 1970-01-01T00:00Z; a local time is read as if its clock showed `zone`. */
export function instantNanos(value: FeelDateTime, zone: Zone = value.zone ?? UTC): bigint {
  const local = localNanos(value);
  return local - BigInt(offsetAtLocal(zone, floorSeconds(local)) * NANOS_PER_SECOND);
}

function dateTimeOfLocal(local: bigint, zone: Zone | null): FeelDateTime | null {
  const nanosPerDay = BigInt(NANOS_PER_DAY);
  const days = floorDivide(local, nanosPerDay);
  const date = calendarDay(Number(days));
  return isCalendarDay(date) ? dateTimeOf(date, { nanos: Number(local - days * nanosPerDay), zone }) : null;
}

export function dateTimeOfInstant(instant: bigint, zone: Zone): FeelDateTime | null {
  const offset = offsetAt(zone, floorSeconds(instant));
  return dateTimeOfLocal(instant + BigInt(offset * NANOS_PER_SECOND), zone);
}

export function timeOfLocal(nanos: bigint, zone: Zone | null): FeelTime {
  const day = BigInt(NANOS_PER_DAY);
  return { kind: 'time', nanos: Number(((nanos % day) + day) % day), zone };
}

/** Nanoseconds since midnight UTC; a named zone counts with its offset of 1970. */
export function utcNanosOfDay({ nanos, zone }: FeelTime): bigint {
  const offset = zone === null ? 0 : offsetAtLocal(zone, Math.floor(nanos / NANOS_PER_SECOND));
  return BigInt(nanos - offset * NANOS_PER_SECOND);
}

/** The zone's offset in seconds where the value says it, else null. */
export function offsetOf(value: FeelTime | FeelDateTime): number | null {
  if (value.zone === null) return null;
  const local = value.kind === 'time' ? BigInt(value.nanos) : localNanos(value);
  return offsetAtLocal(value.zone, floorSeconds(local));
}

/** On the calendar for years and months, on the time line (so over changes of the clocks) for days and time. */
export function addToDateTime(value: FeelDateTime, duration: FeelDuration): FeelDateTime | null {
  if (duration.kind === 'years and months duration') {
    const date = dateOf(addMonths(value.date, duration.months));
    return date === null ? null : dateTimeOf(date, value);
  }
  return value.zone === null
    ? dateTimeOfLocal(localNanos(value) + duration.nanos, null)
    : dateTimeOfInstant(instantNanos(value) + duration.nanos, value.zone);
}

export function negateDuration(duration: FeelDuration): FeelDuration {
  return duration.kind === 'years and months duration'
    ? { ...duration, months: 0 - duration.months }
    : { ...duration, nanos: -duration.nanos };
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

function floorSeconds(nanos: bigint): number {
  return Number(floorDivide(nanos, BigInt(NANOS_PER_SECOND)));
}
