/** The error codes of documents and their compilation. A code is never reused. */
export const BPMN_ERRORS = {
  BPMN_TOO_LARGE: 'The document is larger, deeper or holds more elements than is accepted.',
  BPMN_UNSAFE: 'The document declares a document type or entities, which are never read.',
  BPMN_UNREADABLE: 'The text is not well-formed XML; the message names line and column.',
  BPMN_NOT_BPMN: 'The document is XML, but not BPMN 2.0.',
  BPMN_DUPLICATE_ID: 'Two elements have the same id.',
  BPMN_NOT_DEPLOYABLE: 'The document has errors; `details.findings` lists them.',
  TIMER_VALUE: 'The expression of a timer gave nothing that a timer can be set to.',
  DMN_TOO_LARGE: 'The DMN document is larger or deeper than is accepted.',
  DMN_UNSAFE: 'The DMN document declares a document type or entities, which are never read.',
  DMN_UNREADABLE: 'The text is not DMN; the message names line and column.',
  DMN_REQUIREMENT: 'A decision requires something that does not exist, or in the end itself.',
  DMN_EXPRESSION: 'The logic of a decision cannot be compiled; the message names the rule and the column.',
  DMN_HIT_POLICY: 'More rules of a table matched than its hit policy allows.',
} as const;

export type BpmnErrorCode = keyof typeof BPMN_ERRORS;
