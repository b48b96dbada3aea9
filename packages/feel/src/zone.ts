/** A fixed offset from UTC in seconds, or a zone of the IANA time zone database. */
export type Zone = { readonly offset: number } | { readonly name: string };

export const UTC: Zone = { offset: 0 };

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatterOf(name: string): Intl.DateTimeFormat | null {
  const known = formatters.get(name);
  if (known !== undefined) return known;
  let formatter: Intl.DateTimeFormat | null = null;
  try {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    // Not a zone: remembered like one, within the same bound.
  }
  if (formatters.size >= 1000) formatters.clear();
  formatters.set(name, formatter);
  return formatter;
}

export function isZoneName(name: string): boolean {
  return /^[A-Za-z][\w+\-/]{0,63}$/.test(name) && formatterOf(name) !== null;
}

const LAST_MS = 8.64e15; // what the platform's time zone data answers for

/** Seconds east of UTC in that zone at that instant (seconds since 1970-01-01T00:00:00Z). */
export function offsetAt(zone: Zone, epochSeconds: number): number {
  if ('offset' in zone) return zone.offset;
  const ms = Math.max(-LAST_MS, Math.min(LAST_MS, epochSeconds * 1000));
  const text = formatterOf(zone.name)?.format(ms) ?? '';
  const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -seconds : seconds;
}

/**
 * The offset that holds at a local time. A time that happens twice (clocks set back) is the first
 * of the two; a time that never happens (clocks set forward) moves forward by the gap: RFC 5545, 3.3.5.
 */
export function offsetAtLocal(zone: Zone, localSeconds: number): number {
  if ('offset' in zone) return zone.offset;
  const before = offsetAt(zone, localSeconds - 86_400);
  if (offsetAt(zone, localSeconds - before) === before) return before;
  const after = offsetAt(zone, localSeconds + 86_400);
  return offsetAt(zone, localSeconds - after) === after ? after : before;
}
