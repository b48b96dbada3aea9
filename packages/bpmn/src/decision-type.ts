import { ANY, namedType, type Type } from '@orderloom/feel';
import { childrenOf, textOf } from './bpmn-element.ts';
import type { DmnElement } from './decision-document.ts';

/** What the `typeRef`s of a document mean: FEEL's types and the document's item definitions. */
export type TypeResolver = (typeRef: string | null) => Type;

const MAX_DEPTH = 20;

export function typesOf(definitions: DmnElement): TypeResolver {
  const items = new Map(
    childrenOf(definitions, 'itemDefinition').map((item) => [textOf(item, 'name') ?? '', item]),
  );

  const resolve = (typeRef: string | null, depth: number): Type => {
    if (typeRef === null || depth > MAX_DEPTH) return ANY;
    const name = typeRef.replace(/^feel:/, '');
    const item = items.get(name);
    return item === undefined ? namedType(name) : itemType(item, depth + 1);
  };

  const itemType = (item: DmnElement, depth: number): Type => {
    const components = childrenOf(item, 'itemComponent');
    const single: Type =
      components.length === 0
        ? resolve(textOf(item, 'typeRef'), depth)
        : {
            kind: 'context',
            entries: new Map(
              components.map((component) => [
                textOf(component, 'name') ?? '',
                itemType(component, depth + 1),
              ]),
            ),
          };
    return item['isCollection'] === true ? { kind: 'list', element: single } : single;
  };

  return (typeRef) => resolve(typeRef, 0);
}

/** The paths a value of that type can be read by, for names that hold blanks: `order`, `order.net price`. */
export function pathsOf(name: string, type: Type): readonly string[] {
  const inner = type.kind === 'list' ? type.element : type;
  if (inner.kind !== 'context') return [name];
  return [name, ...[...inner.entries].flatMap(([entry, of]) => pathsOf(`${name}.${entry}`, of))];
}
