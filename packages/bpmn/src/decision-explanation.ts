import type { FeelValue, FeelWarning, Run } from '@orderloom/feel';

/** Why a decision came out as it did: all decisions evaluated for it, in that order, itself last. */
export interface DecisionExplanation {
  readonly decisions: readonly EvaluatedDecision[];
}

export interface EvaluatedDecision {
  readonly id: string;
  readonly name: string | null;
  readonly value: FeelValue;
  /** Of its decision table, and those of the business knowledge it used. */
  readonly tables: readonly EvaluatedTable[];
  /** What its expressions could not do with the values they met. */
  readonly warnings: readonly FeelWarning[];
}

export interface EvaluatedTable {
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly { readonly label: string; readonly value: FeelValue }[];
  /** The rules that matched, in the order of the table. */
  readonly matched: readonly MatchedRule[];
}

export interface MatchedRule {
  /** Position in the table, from 1. */
  readonly rule: number;
  readonly id: string | null;
  /** What the author noted beside the rule. */
  readonly notes: readonly string[];
  readonly outputs: Readonly<Record<string, FeelValue>>;
}

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';

/** What an evaluation writes down while it goes. */
export interface Trace {
  readonly run: Run;
  readonly tables: EvaluatedTable[];
}
