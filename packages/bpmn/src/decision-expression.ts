import {
  compileTypedExpression,
  compileTypedTests,
  type Cost,
  type TypedExpression,
  type TypedTests,
} from '@orderloom/feel';
import { fail, isOrderloomError } from '@orderloom/kernel';
import { childOf, textOf } from './bpmn-element.ts';
import type { DmnElement } from './decision-document.ts';
import type { TypeResolver } from './decision-type.ts';

/** Where in a document compiling stands. */
export interface Place {
  /** For messages: `decision "Review" (review), rule 2, input "Total"`. */
  readonly where: string;
  /** Id of the nearest element that has one. */
  readonly element: string | null;
  /** Paths of the variables that expressions here may read. */
  readonly names: readonly string[];
  readonly types: TypeResolver;
}

export function within(place: Place, what: string, element?: DmnElement): Place {
  return { ...place, where: `${place.where}, ${what}`, element: element?.id ?? place.element };
}

export function withNames(place: Place, names: readonly string[]): Place {
  return { ...place, names: [...place.names, ...names] };
}

/** The FEEL in an element's `text`. Throws DMN_EXPRESSION, naming the element and the place in the text. */
export function compileText(element: DmnElement, place: Place): TypedExpression {
  const text = feelText(element, place);
  if (text === null) refuse(place, 'has no expression', 'Write a FEEL expression there.');
  return explained(place, () => compileTypedExpression(text, place.names, { types: place.types }));
}

/** As `compileText`; nothing written is null. */
export function compileOptionalText(element: DmnElement | undefined, place: Place): TypedExpression | null {
  return element === undefined || feelText(element, place) === null ? null : compileText(element, place);
}

/** The tests of an input entry; null when anything passes. */
export function compileTests(element: DmnElement, place: Place): TypedTests | null {
  const text = feelText(element, place);
  if (text === null || text === '-') return null;
  return explained(place, () => compileTypedTests(text, place.names, { types: place.types }));
}

/** A comma-separated list of expressions, as allowed values are written. */
export function compileList(element: DmnElement | undefined, place: Place): TypedExpression | null {
  const text = element === undefined ? null : feelText(element, place);
  return text === null ? null : explained(place, () => compileTypedExpression(`[${text}]`, place.names));
}

/** The type an element declares for its value. */
export function typeOf(element: DmnElement | undefined, { types }: Place) {
  return types(textOf(element, 'typeRef'));
}

function feelText(element: DmnElement, place: Place): string | null {
  const language = textOf(element, 'expressionLanguage');
  if (language !== null && !/feel/i.test(language)) {
    refuse(place, `is written in ${language}`, 'Write it in FEEL, the language of DMN.');
  }
  if (childOf(element, 'importedValues') !== undefined) {
    refuse(place, 'takes its values from outside of the file', 'Write the values into the table.');
  }
  return textOf(element, 'text');
}

function explained<T>(place: Place, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!isOrderloomError(error)) throw error;
    return fail('DMN_EXPRESSION', `In ${place.where}: ${error.message}`, {
      ...(place.element === null ? {} : { field: place.element }),
      ...(error.fix === undefined ? {} : { fix: error.fix }),
      details: { code: error.code, ...error.details },
      cause: error,
    });
  }
}

/** Refuses the document for what stands at a place. */
export function refuse(place: Place, what: string, fix: string): never {
  fail('DMN_EXPRESSION', `${place.where.replace(/^./, (first) => first.toUpperCase())} ${what}.`, {
    ...(place.element === null ? {} : { field: place.element }),
    fix,
  });
}

/** What evaluating these together costs. */
export function costOf(parts: readonly ({ readonly cost: Cost } | null)[]): Cost {
  const costs = parts.filter((part) => part !== null).map(({ cost }) => cost);
  return {
    steps: costs.reduce((steps, cost) => steps + cost.steps, 1),
    levels: Math.max(0, ...costs.map(({ levels }) => levels)) + 4,
  };
}
