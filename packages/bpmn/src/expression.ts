import { compileExpression, type Expression } from '@orderloom/feel';
import { isOrderloomError } from '@orderloom/kernel';

export type { Expression };

/** A text that always stands for itself, in the shape of an expression. */
export function literal(text: string): Expression {
  return { text, dependencies: [], evaluate: () => ({ value: text, warnings: [] }) };
}

/** Compiles FEEL, with or without a leading `=`; a text that does not parse gives the reason. */
export function feelExpression(text: string): Expression | { readonly problem: string } {
  try {
    return compileExpression(text.startsWith('=') ? text.slice(1) : text);
  } catch (error) {
    if (isOrderloomError(error)) return { problem: error.message };
    throw error;
  }
}
