import { extensionsOf, textOf, type BpmnElement } from './bpmn-element.ts';
import { feelExpression, literal, type Expression } from './expression.ts';
import type { Finding } from './finding.ts';
import type { Labels, Mapping } from './process-model.ts';

/** One document being compiled: what has been found so far. */
export interface Compilation {
  readonly findings: Finding[];
}

/** Notes an error, which keeps the document from being deployed. Answers null: there is no result. */
export function reportError(
  { findings }: Compilation,
  element: BpmnElement | string | null,
  rule: string,
  message: string,
  fix: string,
): null {
  findings.push({ rule, severity: 'error', element: idOf(element), message, fix });
  return null;
}

export function reportWarning(
  { findings }: Compilation,
  element: BpmnElement | string | null,
  rule: string,
  message: string,
  fix: string,
): void {
  findings.push({ rule, severity: 'warning', element: idOf(element), message, fix });
}

function idOf(element: BpmnElement | string | null): string | null {
  return typeof element === 'string' ? element : (element?.id ?? null);
}

/** `"Review order" (ReviewOrder)`, for messages. */
export function nameOf(element: BpmnElement): string {
  const id = element.id ?? 'an element without id';
  const name = element.name?.replaceAll(/\s+/g, ' ').trim();
  return name === undefined || name === '' ? id : `${JSON.stringify(name)} (${id})`;
}

/** Compiles a text that is always FEEL, such as a condition or a script. */
export function compileFeel(
  compilation: Compilation,
  element: BpmnElement,
  text: string,
  what: string,
): Expression | null {
  const compiled = feelExpression(text);
  if (!('problem' in compiled)) return compiled;
  return reportError(
    compilation,
    element,
    'invalid-expression',
    `The ${what} of ${nameOf(element)} is not a FEEL expression: ${compiled.problem}`,
    `Correct the expression ${JSON.stringify(text)}.`,
  );
}

/** Compiles a value that is FEEL after a leading `=` and literal text otherwise; null when absent or invalid. */
export function compileValue(
  compilation: Compilation,
  element: BpmnElement,
  text: string | null,
  what: string,
): Expression | null {
  if (text === null) return null;
  return text.startsWith('=') ? compileFeel(compilation, element, text, what) : literal(text);
}

export function compileMappings(
  compilation: Compilation,
  element: BpmnElement,
  direction: 'inputs' | 'outputs',
): readonly Mapping[] | null {
  const all = extensionsOf(element, 'orderloom:Mapping').flatMap((mapping) => {
    const entries = mapping[direction];
    return Array.isArray(entries) ? (entries as readonly BpmnElement[]) : [];
  });
  if (all.length === 0) return null;
  return all.flatMap((entry) => {
    const source = compileValue(compilation, element, textOf(entry, 'source'), 'mapping');
    const target = variableName(compilation, element, textOf(entry, 'target'), 'target of a mapping');
    return source === null || target === null ? [] : [{ source, target }];
  });
}

const VARIABLE_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The name of a process variable: one word, so that every expression can say it. */
export function variableName(
  compilation: Compilation,
  element: BpmnElement,
  name: string | null,
  what: string,
): string | null {
  // A variable __proto__ would be taken for more than data by whoever reads it.
  if (name !== null && VARIABLE_NAME.test(name) && name !== '__proto__') return name;
  return reportError(
    compilation,
    element,
    'invalid-variable-name',
    `The ${what} of ${nameOf(element)} is ${name === null ? 'missing' : `${JSON.stringify(name)}, which is no variable name`}.`,
    'Name a variable with letters, digits and underscores, such as shipmentId.',
  );
}

export function labelsOf(element: BpmnElement, type = 'orderloom:Label'): Labels {
  return Object.fromEntries(
    extensionsOf(element, type).flatMap((label) => {
      const lang = textOf(label, 'lang');
      const text = textOf(label, 'text');
      return lang === null || text === null ? [] : [[lang, text]];
    }),
  );
}
