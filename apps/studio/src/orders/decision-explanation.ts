import type { Locale } from '@orderloom/ui';

/** What a decision table looked at and which of its rules matched. */
export interface DecisionTable {
  readonly name: string;
  readonly inputs: readonly { readonly label: string; readonly value: unknown }[];
  readonly matched: readonly {
    /** Position in the table, from 1. */
    readonly rule: number;
    /** What the author noted beside the rule. */
    readonly notes: readonly string[];
    readonly outputs: Readonly<Record<string, unknown>>;
  }[];
}

/** The tables of a recorded explanation, in the order they were evaluated; what is not readable is left out. */
export function decisionTablesOf(explanation: unknown): readonly DecisionTable[] {
  const { decisions } = (explanation ?? {}) as { readonly decisions?: unknown };
  if (!Array.isArray(decisions)) return [];
  return decisions.flatMap((decision: unknown) => {
    const { id, name, tables } = (decision ?? {}) as Partial<Record<'id' | 'name' | 'tables', unknown>>;
    const called = typeof name === 'string' ? name : typeof id === 'string' ? id : '';
    return Array.isArray(tables)
      ? (tables as readonly Partial<DecisionTable>[]).map(({ inputs = [], matched = [] }) => ({
          name: called,
          inputs,
          matched: matched.map(({ rule, notes, outputs }) => ({
            rule,
            notes: notes ?? [],
            outputs: outputs ?? {},
          })),
        }))
      : [];
  });
}

/** What a rule says, in the reader's language where the table has a column for it (`reason`, `reasonZh`). */
export function ruleReason(outputs: Readonly<Record<string, unknown>>, locale: Locale): string | null {
  const chinese = locale === 'zh' ? outputs['reasonZh'] : undefined;
  const reason = chinese ?? outputs['reason'];
  return typeof reason === 'string' ? reason : null;
}
