/**
 * The proleptic Gregorian calendar (ISO 8601) as arithmetic on whole numbers, for any year FEEL can
 * write (±999,999,999), which is more than the platform's own dates reach.
 */

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isCalendarDay({ year, month, day }: CalendarDay): boolean {
  return (
    Math.abs(year) <= 999_999_999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

const DAYS_PER_ERA = 146_097; // 400 years
const DAYS_FROM_MARCH_0000_TO_1970 = 719_468;

/** Days since 1970-01-01. Counts in years that start in March, so that the leap day comes last. */
export function epochDay({ year, month, day }: CalendarDay): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_FROM_MARCH_0000_TO_1970;
}

/** The inverse of `epochDay`. */
export function calendarDay(epochDays: number): CalendarDay {
  const days = epochDays + DAYS_FROM_MARCH_0000_TO_1970;
  const era = Math.floor(days / DAYS_PER_ERA);
  const dayOfEra = days - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth + (marchMonth < 10 ? 3 : -9);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** The same day that many months later; a day the month does not have becomes its last: 31 January + 1 = 28 February. */
export function addMonths({ year, month, day }: CalendarDay, months: number): CalendarDay {
  const count = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return { ...target, day: Math.min(day, daysInMonth(target.year, target.month)) };
}

/** 1 (Monday) to 7 (Sunday). */
export function weekday(day: CalendarDay): number {
  return ((((epochDay(day) + 3) % 7) + 7) % 7) + 1;
}

export function dayOfYear(day: CalendarDay): number {
  return epochDay(day) - epochDay({ year: day.year, month: 1, day: 1 }) + 1;
}

/** ISO 8601 week number: week 1 is the one with the year's first Thursday. */
export function weekOfYear(day: CalendarDay): number {
  const thursday = calendarDay(epochDay(day) - weekday(day) + 4);
  return Math.ceil(dayOfYear(thursday) / 7);
}
