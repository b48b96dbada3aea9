import { Decimal } from '@orderloom/kernel';
import { weekday } from './calendar.ts';
import { entryOf } from './scope.ts';
import { spend, warn, type Run, type Span } from './run.ts';
import {
  dateOf,
  durationParts,
  NANOS_PER_SECOND,
  nanosDuration,
  offsetOf,
  type FeelDateTime,
  type FeelTime,
  type TemporalValue,
} from './temporal-value.ts';
import { describeType, isContext, isList, isNumber, type Range, type Value } from './value.ts';

/** `value.name`: an entry, a property of a temporal value or range, or of a list: that of each of its items. */
export function member(run: Run, span: Span, value: Value, name: string): Value {
  if (value === null) return warn(run, span, `null has no entry ${JSON.stringify(name)}.`);
  if (isList(value)) {
    spend(run, value.length);
    return value.map((item) => member(run, span, item, name));
  }
  const found = isContext(value) ? entryOf(value, name) : property(value, name);
  return found ?? (found === null ? null : missing(run, span, value, name));
}

function missing(run: Run, span: Span, value: Value, name: string): null {
  return warn(run, span, `There is no ${JSON.stringify(name)} in ${describeType(value)}.`);
}

/** Properties of values that are no contexts (DMN 1.3, tables 65 and 66); undefined when there is none of that name. */
function property(value: Value, name: string): Value | undefined {
  if (value === null || typeof value !== 'object' || isNumber(value) || isList(value)) return undefined;
  return value.kind === 'range'
    ? rangeProperty(value, name)
    : value.kind === 'context' || value.kind === 'function'
      ? undefined
      : temporalProperty(value, name);
}

function rangeProperty(range: Range, name: string): Value | undefined {
  switch (name) {
    case 'start':
      return range.start ?? null;
    case 'end':
      return range.end ?? null;
    case 'start included':
      return range.startIncluded;
    case 'end included':
      return range.endIncluded;
    default:
      return undefined;
  }
}

function temporalProperty(value: TemporalValue, name: string): Value | undefined {
  switch (value.kind) {
    case 'date':
      return dayProperty(value, name);
    case 'time':
      return clockProperty(value, name);
    case 'date and time':
      return name === 'date'
        ? dateOf(value.date)
        : (dayProperty(value.date, name) ?? clockProperty(value, name));
    case 'years and months duration':
      if (name === 'years') return new Decimal(Math.trunc(value.months / 12));
      return name === 'months' ? new Decimal(value.months % 12) : undefined;
    default: {
      const { days, hours, minutes, seconds } = durationParts(value.nanos);
      const amount = new Map(Object.entries({ days, hours, minutes, seconds })).get(name);
      return amount === undefined ? undefined : new Decimal(value.nanos < 0n ? 0 - amount : amount);
    }
  }
}

function dayProperty(day: FeelDateTime['date'], name: string): Value | undefined {
  switch (name) {
    case 'year':
    case 'month':
    case 'day':
      return new Decimal(day[name]);
    case 'weekday':
      return new Decimal(weekday(day));
    default:
      return undefined;
  }
}

function clockProperty(value: FeelTime | FeelDateTime, name: string): Value | undefined {
  const seconds = Math.floor(value.nanos / NANOS_PER_SECOND);
  switch (name) {
    case 'hour':
      return new Decimal(Math.floor(seconds / 3600));
    case 'minute':
      return new Decimal(Math.floor(seconds / 60) % 60);
    case 'second':
      return new Decimal(seconds % 60);
    case 'time offset': {
      const offset = offsetOf(value);
      return offset === null ? null : nanosDuration(BigInt(offset) * BigInt(NANOS_PER_SECOND));
    }
    case 'timezone':
      return value.zone !== null && 'name' in value.zone ? value.zone.name : null;
    default:
      return undefined;
  }
}
