import type { Run } from './run.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from './temporal-value.ts';
import { isInstance, type Type } from './type.ts';
import { contextOf, isContext, isList, type Value } from './value.ts';

/** The value as that type wants it (a list of one for its item, an item for a list of one); undefined when it cannot be. */
export function conform(run: Run, value: Value, type: Type): Value | undefined {
  if (value === null || type.kind === 'any' || type.kind === 'unknown' || isInstance(run, value, type)) {
    return value;
  }
  if (isList(value)) {
    const [single] = value;
    return value.length === 1 && single !== undefined && isInstance(run, single, type) ? single : undefined;
  }
  return type.kind === 'list' && isInstance(run, value, type.element) ? [value] : undefined;
}

/** A value that came from JSON, where dates, times and durations are texts, as that type. */
export function readAs(value: Value, type: Type): Value {
  if (typeof value === 'string' && type.kind === 'simple') return readText(value, type.name);
  if (type.kind === 'list' && isList(value)) return value.map((item) => readAs(item, type.element));
  if (type.kind === 'context' && isContext(value) && type.entries.size > 0) {
    return contextOf(
      value.names().map((name) => {
        const entry = value.get(name) ?? null;
        const entryType = type.entries.get(name);
        return [name, entryType === undefined ? entry : readAs(entry, entryType)];
      }),
    );
  }
  return value;
}

function readText(text: string, type: string): Value {
  switch (type) {
    case 'date':
      return parseDate(text);
    case 'time':
      return parseTime(text);
    case 'date and time':
      return parseDateTime(text);
    case 'years and months duration':
    case 'days and time duration': {
      const duration = parseDuration(text);
      return duration?.kind === type ? duration : null;
    }
    default:
      return text;
  }
}
