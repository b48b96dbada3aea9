import type { Decimal } from '@orderloom/kernel';
import { boundedText, exhausted, spend, type Run } from './run.ts';
import { formatTemporal } from './temporal-value.ts';
import { isList, isNumber, type Range, type Value } from './value.ts';

const MAX_DEPTH = 40;

/** The text FEEL's `string()` gives: a string as it is, inside of lists and contexts quoted. */
export function formatValue(run: Run, value: Value): string {
  return typeof value === 'string' ? value : boundedText(run, format(run, value, 0));
}

export function formatRange(run: Run, range: Range): string {
  return boundedText(run, format(run, range, 0));
}

function formatNumber(value: Decimal): string {
  return value.toFixed();
}

function format(run: Run, value: Value, depth: number): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (isNumber(value)) return formatNumber(value);
  if (depth === MAX_DEPTH) exhausted(`its text is nested more than ${MAX_DEPTH} levels deep`);
  const inner = (item: Value): string => format(run, item, depth + 1);
  if (isList(value)) {
    spend(run, value.length);
    return boundedText(run, `[${value.map(inner).join(', ')}]`);
  }
  switch (value.kind) {
    case 'context': {
      const names = value.names();
      spend(run, names.length);
      const entries = names.map((name) => `${formatName(name)}: ${inner(value.get(name) ?? null)}`);
      return boundedText(run, `{${entries.join(', ')}}`);
    }
    case 'range':
      return formatInterval(value, inner);
    case 'function':
      return `function(${value.parameters?.join(', ') ?? '...'})`;
    default:
      return formatTemporal(value);
  }
}

function formatInterval(
  { start, end, startIncluded, endIncluded }: Range,
  inner: (v: Value) => string,
): string {
  const open = startIncluded ? '[' : '(';
  const close = endIncluded ? ']' : ')';
  if (start === undefined && end !== undefined) return `${endIncluded ? '<=' : '<'} ${inner(end)}`;
  if (end === undefined && start !== undefined) return `${startIncluded ? '>=' : '>'} ${inner(start)}`;
  return `${open}${inner(start ?? null)}..${inner(end ?? null)}${close}`;
}

function formatName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(name) ? name : quote(name);
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
