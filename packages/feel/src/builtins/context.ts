import { spend, warn } from '../run.ts';
import { contextOf, isContext, type Context, type List, type Value } from '../value.ts';
import { any, context, define, list, text, type Call, type Signature } from './define.ts';

function entriesOf(source: Context, { run }: Call): [string, Value][] {
  const names = source.names();
  spend(run, names.length);
  return names.map((name) => [name, source.get(name) ?? null]);
}

function put(target: Context, path: List, value: Value, call: Call): Context | null {
  const [name, ...rest] = path;
  if (typeof name !== 'string') return null;
  if (rest.length === 0) return contextOf([...entriesOf(target, call), [name, value]]);
  const inner = target.get(name) ?? contextOf([]);
  const changed = isContext(inner) ? put(inner, rest, value, call) : null;
  return changed && contextOf([...entriesOf(target, call), [name, changed]]);
}

/** `[{key: "a", value: 1}]` as `{a: 1}`; null when an entry is not of that form or a key comes twice. */
function fromEntries(entries: List, call: Call): Value {
  spend(call.run, entries.length);
  const collected = new Map<string, Value>();
  for (const entry of entries) {
    const key = isContext(entry) ? entry.get('key') : null;
    const value = isContext(entry) ? entry.get('value') : undefined;
    if (typeof key !== 'string' || value === undefined || collected.has(key)) {
      return warn(
        call.run,
        call.span,
        'context() takes entries {key: string, value: any} with different keys.',
      );
    }
    collected.set(key, value);
  }
  return contextOf(collected);
}

export const CONTEXT_BUILTINS: readonly Signature[] = [
  define('get value', [context('m'), text('key')], (source, key) => source.get(key) ?? null),
  define('get value', [context('context'), list('keys')], (source, keys) => {
    let value: Value = source;
    for (const key of keys)
      value = isContext(value) && typeof key === 'string' ? (value.get(key) ?? null) : null;
    return keys.length === 0 ? null : value;
  }),
  define('get entries', [context('m')], (source, call) =>
    entriesOf(source, call).map(([key, value]) =>
      contextOf([
        ['key', key],
        ['value', value],
      ]),
    ),
  ),
  define('context', [list('entries')], fromEntries),
  define('context put', [context('context'), text('key'), any('value')], (target, key, value, call) =>
    put(target, [key], value, call),
  ),
  define('context put', [context('context'), list('keys'), any('value')], put),
  define('context merge', [list('contexts')], (contexts, call) => {
    if (!contexts.every((each) => isContext(each))) return null;
    return contextOf(contexts.flatMap((each) => entriesOf(each, call)));
  }),
];
