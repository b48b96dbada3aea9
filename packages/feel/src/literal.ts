import { Decimal } from '@orderloom/kernel';
import { nameText, type SyntaxNode } from './parse.ts';
import { parseTemporal } from './temporal-value.ts';
import { finiteNumber, type Value } from './value.ts';

/** Numbers are rounded to 34 significant digits. */
export function numberLiteral(node: SyntaxNode, text: string): Value {
  const digits = nameText(node, text).replaceAll(' ', '');
  return finiteNumber(new Decimal(digits).toSignificantDigits(34));
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** The text between the quotes, with its escapes (DMN 1.3, grammar rule 35) resolved; unknown ones stay as written. */
export function stringLiteral(node: SyntaxNode, text: string): string {
  const quoted = text.slice(node.from + 1, node.to - 1);
  if (!quoted.includes('\\')) return quoted;
  return quoted.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))/gsu,
    (all: string, short?: string, long?: string, character?: string) => {
      if (character !== undefined) return ESCAPES[character] ?? all;
      const code = Number.parseInt((short ?? long) as string, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

/** `@"2026-02-01"`; null for a text that is no date, time or duration. */
export function temporalLiteral(node: SyntaxNode, text: string): Value {
  return parseTemporal(stringLiteral(node, text));
}
