import { Decimal } from '@orderloom/kernel';
import { RE2JS, RE2JSException } from 're2js';
import { formatValue } from '../format-value.ts';
import { boundedText, spend, warn, type Run } from '../run.ts';
import { any, define, list, number, optional, text, type Call, type Signature } from './define.ts';
import type { Value } from '../value.ts';

/** Positions count characters (code points) from 1; negative ones from the end. */
function substring(source: string, start: Decimal, length: Decimal | undefined, { run }: Call): Value {
  const characters = charactersOf(run, source);
  const from = start.trunc().toNumber();
  if (from === 0 || Math.abs(from) > characters.length || (length !== undefined && length.lt(1))) return null;
  const first = from > 0 ? from - 1 : characters.length + from;
  const end = length === undefined ? undefined : first + length.trunc().toNumber();
  return characters.slice(first, end).join('');
}

function charactersOf(run: Run, source: string): string[] {
  spend(run, source.length >> 2);
  return Array.from(source);
}

function join(items: readonly Value[], delimiter: string, { run }: Call): Value {
  spend(run, items.length);
  const parts: string[] = [];
  let length = 0;
  for (const item of items) {
    if (item === null) continue;
    if (typeof item !== 'string') return null;
    parts.push(item);
    length += item.length + delimiter.length;
    if (length > 1_000_000) break; // boundedText refuses it
  }
  return boundedText(run, parts.join(delimiter));
}

// Regular expressions: XPath's `matches`, `replace` and `tokenize`, run by RE2 in time linear to the text.

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  s: RE2JS.DOTALL,
  m: RE2JS.MULTILINE,
  x: 0,
};

const MAX_PATTERN_LENGTH = 1_000;
const compiled = new Map<string, RE2JS | null>();

/** Null when the pattern or a flag is not one. A repeated pattern is compiled once. */
function regularExpression(pattern: string, flags: string, { run, span }: Call): RE2JS | null {
  const key = `${flags}/${pattern}`;
  let expression = compiled.get(key);
  if (expression === undefined) {
    spend(run, 100 + pattern.length);
    expression = pattern.length <= MAX_PATTERN_LENGTH ? compilePattern(pattern, flags) : null;
    if (compiled.size >= 500) compiled.clear();
    compiled.set(key, expression);
  }
  return (
    expression ?? warn(run, span, `${JSON.stringify(pattern.slice(0, 80))} is not a regular expression.`)
  );
}

function compilePattern(pattern: string, flags: string): RE2JS | null {
  let bits = 0;
  for (const flag of flags) {
    if (!Object.hasOwn(FLAGS, flag)) return null;
    bits |= FLAGS[flag] as number;
  }
  try {
    return RE2JS.compile(flags.includes('x') ? withoutBlanks(pattern) : pattern, bits);
  } catch (error) {
    if (error instanceof RE2JSException) return null;
    throw error;
  }
}

/** Flag x: blanks outside of character classes are not part of the pattern, escaped or not. */
function withoutBlanks(pattern: string): string {
  return pattern.replace(/\[(?:[^\]\\]|\\.)*\]|\\\S|\s+/g, (part) => (part.trim() === '' ? '' : part));
}

/** RE2 looks at each character once for each instruction of the compiled pattern, at worst. */
function payForScan(run: Run, source: string, expression: RE2JS): void {
  spend(run, 1 + Math.ceil((source.length * expression.programSize()) / 100));
}

function matches(source: string, pattern: string, flags: string | undefined, call: Call): Value {
  const expression = regularExpression(pattern, flags ?? '', call);
  if (expression === null) return null;
  payForScan(call.run, source, expression);
  return expression.matcher(source).find();
}

/** `$1` in the replacement is what the first group matched, `\$` a dollar sign. */
function replace(
  source: string,
  pattern: string,
  replacement: string,
  flags: string | undefined,
  call: Call,
): Value {
  const expression = regularExpression(pattern, flags ?? '', call);
  if (expression === null) return null;
  payForScan(call.run, source, expression);
  const matcher = expression.matcher(source);
  let result = '';
  let position = 0;
  while (matcher.find()) {
    const substitute = replacement.replace(/\\(.)|\$(\d)/g, (_all, escaped?: string, group?: string) =>
      escaped === undefined ? groupText(matcher, Number(group)) : escaped,
    );
    result = boundedText(call.run, result + source.slice(position, matcher.start()) + substitute);
    position = matcher.end();
  }
  return boundedText(call.run, result + source.slice(position));
}

function groupText(matcher: ReturnType<RE2JS['matcher']>, group: number): string {
  return group <= matcher.groupCount() ? (matcher.group(group) ?? '') : '';
}

function split(source: string, delimiter: string, call: Call): Value {
  const expression = regularExpression(delimiter, '', call);
  if (expression === null) return null;
  payForScan(call.run, source, expression);
  const matcher = expression.matcher(source);
  const parts: string[] = [];
  let position = 0;
  while (matcher.find()) {
    if (matcher.end() === matcher.start()) continue;
    parts.push(source.slice(position, matcher.start()));
    position = matcher.end();
  }
  spend(call.run, parts.length);
  return [...parts, source.slice(position)];
}

export const TEXT_BUILTINS: readonly Signature[] = [
  define('string', [any('from')], (from, { run }) => (from === null ? null : formatValue(run, from))),
  define('substring', [text('string'), number('start position'), optional(number('length'))], substring),
  define(
    'string length',
    [text('string')],
    (source, { run }) => new Decimal(charactersOf(run, source).length),
  ),
  define('upper case', [text('string')], (source, { run }) => boundedText(run, source.toUpperCase())),
  define('lower case', [text('string')], (source, { run }) => boundedText(run, source.toLowerCase())),
  define('substring before', [text('string'), text('match')], (source, match) => {
    const at = source.indexOf(match);
    return at === -1 ? '' : source.slice(0, at);
  }),
  define('substring after', [text('string'), text('match')], (source, match) => {
    const at = source.indexOf(match);
    return at === -1 ? '' : source.slice(at + match.length);
  }),
  define('contains', [text('string'), text('match')], (source, match) => source.includes(match)),
  define('starts with', [text('string'), text('match')], (source, match) => source.startsWith(match)),
  define('ends with', [text('string'), text('match')], (source, match) => source.endsWith(match)),
  define('trim', [text('string')], (source) => source.trim()),
  define('matches', [text('input'), text('pattern'), optional(text('flags'))], matches),
  define('replace', [text('input'), text('pattern'), text('replacement'), optional(text('flags'))], replace),
  define('split', [text('string'), text('delimiter')], split),
  define('string join', [list('list'), optional(text('delimiter'))], (items, delimiter, call) =>
    join(items, delimiter ?? '', call),
  ),
];
