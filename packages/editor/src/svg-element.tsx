import { createElement, type ReactNode } from 'react';
import type { SvgNode } from './svg-node.ts';

/** A drawing as React elements. */
export function SvgElement({ node }: { readonly node: SvgNode }): ReactNode {
  const { class: className, ...attributes } = node.attributes;
  return createElement(
    node.tag,
    className === undefined ? attributes : { ...attributes, className },
    ...node.children.map((child, index) =>
      // A drawing is made anew as a whole; its parts never change places.
      // oxlint-disable-next-line react/no-array-index-key
      typeof child === 'string' ? child : <SvgElement key={index} node={child} />,
    ),
  );
}
