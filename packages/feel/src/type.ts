import { must } from '@orderloom/kernel';
import type { SyntaxNode } from './parse.ts';
import { children, nameText } from './parse.ts';
import { spend, type Run } from './run.ts';
import { isContext, isList, typeOf, type Value } from './value.ts';

/** A type as `instance of` and parameters name it (DMN 1.3, 10.3.2.2). */
export type Type =
  | { readonly kind: 'any' }
  | { readonly kind: 'simple'; readonly name: string }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'context'; readonly entries: ReadonlyMap<string, Type> }
  | { readonly kind: 'function'; readonly arity: number | null }
  | { readonly kind: 'unknown'; readonly name: string };

export const ANY: Type = { kind: 'any' };

const SIMPLE = new Set([
  'boolean',
  'string',
  'number',
  'date',
  'time',
  'date and time',
  'years and months duration',
  'days and time duration',
  'range',
  'Null',
  'null',
]);

/** Spellings that mean the same. */
const ALIASES: Readonly<Record<string, string>> = {
  dateTime: 'date and time',
  dayTimeDuration: 'days and time duration',
  yearMonthDuration: 'years and months duration',
};

/** The type a name stands for in FEEL; names of a model's own types are unknown here. */
export function namedType(text: string): Type {
  const name = (Object.hasOwn(ALIASES, text) ? ALIASES[text] : text) as string;
  if (name === 'Any') return ANY;
  if (name === 'list') return { kind: 'list', element: ANY };
  if (name === 'context') return { kind: 'context', entries: new Map() };
  if (name === 'function') return { kind: 'function', arity: null };
  return SIMPLE.has(name) ? { kind: 'simple', name } : { kind: 'unknown', name };
}

/** Where type names stand and what they mean. */
interface TypeNames {
  readonly text: string;
  types(name: string): Type;
}

/** Reads a `Type` node of the grammar. */
export function typeOfNode(node: SyntaxNode, names: TypeNames): Type {
  const inner = must(children(node)[0], 'the content of a type');
  switch (inner.name) {
    case 'ListType':
      return { kind: 'list', element: typeOfNode(must(inner.getChild('Type'), 'an element type'), names) };
    case 'ContextType': {
      const entries = must(inner.getChild('ContextEntryTypes'), 'entry types');
      return {
        kind: 'context',
        entries: new Map(
          entries.getChildren('ContextEntryType').map((entry) => {
            const [name, type] = children(entry);
            return [
              nameText(must(name, 'an entry name'), names.text),
              typeOfNode(must(type, 'an entry type'), names),
            ];
          }),
        ),
      };
    }
    case 'FunctionType':
      return {
        kind: 'function',
        arity: inner.getChild('ArgumentTypes')?.getChildren('ArgumentType').length ?? 0,
      };
    default:
      return names.types(nameText(inner, names.text));
  }
}

/** Whether a value is of a type. Null is of no type but Null and Any. */
export function isInstance(run: Run, value: Value, type: Type): boolean {
  switch (type.kind) {
    case 'any':
      return value !== null;
    case 'simple':
      return typeOf(value) === (type.name === 'Null' ? 'null' : type.name);
    case 'list':
      if (!isList(value)) return false;
      spend(run, value.length);
      return value.every((item) => type.element.kind === 'any' || isInstance(run, item, type.element));
    case 'context':
      return (
        isContext(value) &&
        [...type.entries].every(([name, entry]) => {
          const member = value.get(name);
          return member !== undefined && (member === null || isInstance(run, member, entry));
        })
      );
    case 'function':
      return typeOf(value) === 'function';
    default:
      return false;
  }
}
