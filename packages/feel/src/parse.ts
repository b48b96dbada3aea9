import { fail } from '@orderloom/kernel';
import { normalizeContextKey, parser, trackVariables } from 'lezer-feel';
import { BUILTINS } from './builtins.ts';

type Tree = ReturnType<typeof parser.parse>;
export type SyntaxNode = Tree['topNode'];

const MAX_TEXT_LENGTH = 4_096;
const MAX_NESTING = 40;
const MAX_LEVELS = 1_000;

/**
 * The syntax tree of a text, or an error that names the place: FEEL_LIMIT before the parser has seen a text
 * that is too long or too deeply nested, FEEL_SYNTAX from the parser.
 *
 * FEEL names may hold blanks and operators (`order-id`, `net price`); those the caller knows, as paths
 * (`order.net price`), are recognised as one name.
 */
export function parse(
  top: 'Expression' | 'UnaryTests',
  text: string,
  names: readonly string[],
  maxLength: number = MAX_TEXT_LENGTH,
): SyntaxNode {
  if (text.length > maxLength) {
    fail('FEEL_LIMIT', `The expression has ${text.length} characters, ${maxLength} are accepted.`, {
      fix: 'Split it into several expressions.',
    });
  }
  refuseDeepBrackets(text);
  if (text.trim() === '') syntaxError(text, text.length);
  const tree = parseStrictly(top, text, names);
  refuseHighTree(tree);
  return top === 'UnaryTests' ? tree.topNode : (children(tree.topNode)[0] ?? syntaxError(text, 0));
}

function parseStrictly(top: 'Expression' | 'UnaryTests', text: string, names: readonly string[]): Tree {
  const configured = parser.configure({
    top,
    contextTracker: trackVariables(knownNames(names)),
    strict: true,
  });
  try {
    return configured.parse(text);
  } catch (error) {
    const position = error instanceof SyntaxError ? /No parse at (\d+)/.exec(error.message) : null;
    if (position === null) throw error;
    return syntaxError(text, Number(position[1]));
  }
}

type NameTree = { [name: string]: NameTree };

/** The names that the parser cannot recognise by themselves, in the nested form it wants them in. */
function knownNames(paths: readonly string[]): NameTree {
  const tree: NameTree = {};
  for (const name of BUILTINS.keys()) if (!isPlainName(name)) tree[name] = {};
  for (const path of paths) {
    if (isPlainName(path)) continue;
    let level = tree;
    for (const name of path.split('.')) level = level[safeKey(name)] ??= {};
  }
  return tree;
}

const isPlainName = (name: string): boolean => /^\w+$/.test(name);
const safeKey = (name: string): string => (name in Object.prototype ? `${name} ` : name);

/** Unterminated strings and comments are the parser's to report. */
const BRACKETS = /"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*|([([{])|([)\]}])/g;

function refuseDeepBrackets(text: string): void {
  let depth = 0;
  for (const [, open, close] of text.matchAll(BRACKETS)) {
    if (open !== undefined) depth += 1;
    // `]1..2[` closes what it never opened.
    if (close !== undefined) depth = Math.max(0, depth - 1);
    if (depth > MAX_NESTING) tooDeep();
  }
}

function refuseHighTree(tree: Tree): void {
  let level = 0;
  tree.iterate({
    enter() {
      level += 1;
      if (level > MAX_LEVELS) tooDeep();
    },
    leave() {
      level -= 1;
    },
  });
}

/** Refuses an expression inside of that many others; operators in a row (`a + b + c`) are not inside of each other. */
export function refuseDeepNesting(depth: number): void {
  if (depth > MAX_NESTING) tooDeep();
}

function tooDeep(): never {
  fail('FEEL_LIMIT', `The expression is nested more than ${MAX_NESTING} levels deep.`, {
    fix: 'Name a part of it and use the name, for example as an entry of a context.',
  });
}

function syntaxError(text: string, position: number): never {
  const rest = text.slice(position);
  const from = position + (rest.length - rest.trimStart().length);
  const before = text.slice(0, from).split('\n');
  const where = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const word = /^(?:"[^"\n]{0,30}"?|[\p{L}\p{N}_]{1,30}|.)/u.exec(text.slice(from))?.[0];
  const what = word === undefined ? 'The expression ends too early' : `Unexpected ${JSON.stringify(word)}`;
  fail('FEEL_SYNTAX', `${what} (${where}) in ${JSON.stringify(excerpt(text))}.`, {
    fix: 'Write a FEEL expression, such as order.total > 1000.',
    details: { from, to: from + (word?.length ?? 0) },
  });
}

function excerpt(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** The parts of a node, without comments. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment' && child.name !== 'BlockComment') found.push(child);
  }
  return found;
}

/** A name as written, with single blanks. */
export function nameText(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to).replace(/\s+/g, ' ');
}

/** One form for all spellings of a name: `a-b`, `a - b` and `a  -b` are the same name. */
export function normalizeName(name: string): string {
  return isPlainName(name) ? name : normalizeContextKey(name);
}
