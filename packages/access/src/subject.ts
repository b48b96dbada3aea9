/** What rules speak of. A subject covers the rows that make it up: Order also its lines and holds. */
export const SUBJECTS = [
  'Order',
  'Task',
  'Intake',
  'Shipment',
  'Document',
  'Process',
  'Incident',
  'Party',
  'Stock',
  'Audit',
  'Plugin',
] as const;
export type Subject = (typeof SUBJECTS)[number];

export const ACTIONS = [
  'read',
  /** Take in a document (Intake). */
  'create',
  /** Take a task on oneself, put it back, finish it. */
  'claim',
  'release',
  'complete',
  /** Record what a carrier says about a shipment. */
  'track',
  /** Deploy a process, a decision or a form. */
  'publish',
  /** Let an incident be tried again. */
  'retry',
  /** Switch a plugin on or off and change its settings. */
  'configure',
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * Fields that reading the subject does not include: they are withheld from everybody and given back by
 * name in the rules. `Order.auditData` is the recorded data behind a timeline entry.
 */
export const SENSITIVE_FIELDS = {
  Order: ['listPrice', 'auditData'],
  Task: ['variables'],
  Process: ['variables', 'decisions'],
  Party: ['creditLimit'],
} as const satisfies Partial<Record<Subject, readonly string[]>>;
export type SensitiveField = (typeof SENSITIVE_FIELDS)[keyof typeof SENSITIVE_FIELDS][number];

/** The columns conditions look at; a row of the database fits as it is. */
export interface Resource {
  readonly tenantId: string;
  /** Role names; only tasks have them. */
  readonly candidateGroups?: readonly string[];
  /** Principal id; only tasks have one. */
  readonly assignee?: string | null;
}
