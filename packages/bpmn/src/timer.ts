import { addDuration, toDurationMs, toInstant, type FeelVariables } from '@orderloom/feel';
import { fail } from '@orderloom/kernel';
import type { Expression } from './expression.ts';

/** A timer event definition (BPMN 2.0.2, 10.5.5): one instant, a time from now, or one that repeats. */
export interface TimerDefinition {
  readonly kind: 'date' | 'duration' | 'cycle';
  /** Gives ISO 8601 text: `2026-01-31T08:00:00Z`, `PT1H`, `R3/PT1H` or `R/2026-01-31T08:00:00Z/P1D`. */
  readonly expression: Expression;
}

const EXAMPLES = {
  date: '2026-01-31T08:00:00Z',
  duration: 'PT1H',
  cycle: 'R3/PT1H',
} as const;

/** What a timer is set to. */
export interface TimerSchedule {
  readonly dueAt: Date;
  /** How many more times it is due after that; null without end. */
  readonly repetitions: number | null;
  /** The time between repetitions. */
  readonly interval: string | null;
}

interface TimerEnvironment {
  readonly now: Date;
  readonly timeZone: string;
}

/** Sets a timer as of `now`. Throws TIMER_VALUE when its expression gives no usable time. */
export function scheduleTimer(
  timer: TimerDefinition,
  variables: FeelVariables,
  environment: TimerEnvironment,
): TimerSchedule {
  const { value } = timer.expression.evaluate(variables, environment);
  const schedule = typeof value === 'string' ? schedules[timer.kind](value.trim(), environment) : null;
  return (
    schedule ??
    fail('TIMER_VALUE', `${JSON.stringify(value)} is no ${timer.kind} a timer can be set to.`, {
      fix: `Give ISO 8601 text such as ${EXAMPLES[timer.kind]}.`,
    })
  );
}

/** The repetition after the one that has just been due; null when that was the last. */
export function nextRepetition(
  { dueAt, repetitions, interval }: TimerSchedule,
  timeZone: string,
): TimerSchedule | null {
  if (interval === null || repetitions === 0) return null;
  return {
    dueAt: addDuration(dueAt, interval, timeZone),
    repetitions: repetitions === null ? null : repetitions - 1,
    interval,
  };
}

const schedules: Readonly<
  Record<TimerDefinition['kind'], (text: string, environment: TimerEnvironment) => TimerSchedule | null>
> = {
  date: (text, environment) => once(toInstant(text, environment)),
  duration: (text, { now, timeZone }) => once(addDuration(now, text, timeZone)),
  cycle: (text, environment) => {
    const cycle = parseCycle(text);
    if (cycle === null) return null;
    const { now, timeZone } = environment;
    const { count, start, interval } = cycle;
    const next = addDuration(now, interval, timeZone);
    // Without any time in between it would be due for ever at once.
    if (next.getTime() <= now.getTime()) return null;
    const dueAt = start === null ? next : toInstant(start, environment);
    return dueAt && { dueAt, repetitions: count === null ? null : count - 1, interval };
  },
};

function once(dueAt: Date | null): TimerSchedule | null {
  return dueAt && { dueAt, repetitions: 0, interval: null };
}

interface Cycle {
  /** Null without end. */
  readonly count: number | null;
  readonly start: string | null;
  readonly interval: string;
}

const CYCLE = /^R(\d{0,9})\/(?:([^/P][^/]*)\/)?(P[^/]+)$/;

/** An ISO 8601 repeating interval (ISO 8601-1, 5.6): `R/…` or `Rn/…`, then `duration` or `start/duration`. */
export function parseCycle(text: string): Cycle | null {
  const match = CYCLE.exec(text.trim());
  if (match === null) return null;
  const [, count = '', start = null, interval = ''] = match;
  if (count !== '' && Number(count) === 0) return null;
  return { count: count === '' ? null : Number(count), start, interval };
}

/**
 * The first time after `after` at which a start timer is due, whose text is literal. A cycle without a
 * start counts from `after`, so only an endless one makes sense here.
 */
export function nextStart(timer: TimerDefinition, after: Date, timeZone: string): Date | null {
  const first = scheduleTimer(timer, {}, { now: after, timeZone });
  let next: TimerSchedule | null = skipTo(first, after);
  while (next !== null && next.dueAt.getTime() <= after.getTime()) next = nextRepetition(next, timeZone);
  return next?.dueAt ?? null;
}

/** Repetitions of fixed length are skipped at once: a second's cycle that began years ago has too many. */
function skipTo(schedule: TimerSchedule, after: Date): TimerSchedule | null {
  const { dueAt, interval, repetitions } = schedule;
  const length = interval?.startsWith('PT') ? toDurationMs(interval) : null;
  const behind = after.getTime() - dueAt.getTime();
  if (length === null || behind < length) return schedule;
  const count = Math.floor(behind / length);
  if (repetitions !== null && repetitions < count) return null;
  return {
    dueAt: addDuration(dueAt, `PT${(count * length) / 1000}S`),
    repetitions: repetitions === null ? null : repetitions - count,
    interval,
  };
}
