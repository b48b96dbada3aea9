import { children, type SyntaxNode } from './parse.ts';
import type { Span } from './run.ts';
import type { Bindings, Evaluate } from './scope.ts';
import type { Type } from './type.ts';

/** What the parts of the compiler share while they compile one text. */
export interface Unit {
  readonly text: string;
  /** Paths of the variables read, as far as the text says them. */
  readonly dependencies: Set<string>;
  /** Names the caller knows to be variables; null when it does not say. */
  readonly known: ReadonlySet<string> | null;
  /** What type a name stands for after `instance of`. */
  types(name: string): Type;
  /** Any expression as a closure. */
  compile(node: SyntaxNode, place: Place): Evaluate;
}

/** A place in the tree: the names in force, and how deep it is nested. */
export interface Place {
  readonly bindings: Bindings;
  readonly depth: number;
}

export function inside({ bindings, depth }: Place, inner: Bindings = bindings): Place {
  return { bindings: inner, depth: depth + 1 };
}

export const spanOf = ({ from, to }: SyntaxNode): Span => ({ from, to });

/** How many nodes an expression has: what evaluating it once costs at most, without its loops and calls. */
export function sizeOf(node: SyntaxNode): number {
  return children(node).reduce((size, child) => size + sizeOf(child), 1);
}

/** How many levels an expression has. */
function heightOf(node: SyntaxNode): number {
  return 1 + Math.max(0, ...children(node).map(heightOf));
}

/** What evaluating something once takes, without its loops and calls. */
export interface Cost {
  /** Of the budget. */
  readonly steps: number;
  /** Of the stack, in syntax levels. */
  readonly levels: number;
}

export function costOf(node: SyntaxNode): Cost {
  return { steps: sizeOf(node), levels: heightOf(node) };
}

export function mentions(node: SyntaxNode, text: string, name: string): boolean {
  if (node.firstChild === null) return text.slice(node.from, node.to) === name;
  return children(node).some((child) => mentions(child, text, name));
}
