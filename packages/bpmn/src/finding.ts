import { OrderloomError } from '@orderloom/kernel';

/** Something about a document its author should know. */
export interface Finding {
  /** Stable kebab-case name of the rule, for filters and documentation. */
  readonly rule: string;
  /** An error keeps the document from being deployed. */
  readonly severity: 'error' | 'warning';
  /** BPMN id of the element it is about; null when it has none or the whole document is meant. */
  readonly element: string | null;
  readonly message: string;
  readonly fix: string;
}

/** Throws BPMN_NOT_DEPLOYABLE with the findings in `details.findings` when one of them is an error. */
export function assertDeployable(document: { readonly findings: readonly Finding[] }): void {
  const errors = document.findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  throw new OrderloomError('BPMN_NOT_DEPLOYABLE', `The process cannot be deployed: ${first.message}${more}`, {
    ...(first.element === null ? {} : { field: first.element }),
    fix: first.fix,
    details: { findings: document.findings },
  });
}
