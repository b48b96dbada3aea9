/** Every code this package fails with or reports. Codes are never reused. */
export const operationErrors = {
  TASK_NOT_FOUND: 'There is no such task, or the principal may not know of it.',
  TASK_NOT_OPEN: 'The task was completed or cancelled before.',
  TASK_TAKEN: 'Somebody else has taken the task.',
  TASK_FORM: 'A field of the form is missing or not as the form asks.',
  SHIPMENT_NOT_FOUND: 'There is no shipment with this tracking number.',
  TRACKING_STATUS: 'The status is not one of the tracking status list.',
  INCIDENT_NOT_FOUND: 'There is no open incident with this id.',
  INTAKE_EMPTY: 'The document has no content.',
  INTAKE_TOO_LARGE: 'The document is larger than one document may be.',
  INTAKE_ITEM_UNKNOWN: 'A line names no item of the catalogue.',
  INTAKE_ITEM_AMBIGUOUS: 'The numbers of a line name different items of the catalogue.',
  INTAKE_PARTY_UNKNOWN: 'Nobody with the identifiers in the document is a customer.',
  INTAKE_UNIT: 'A line is ordered in a unit the item is not counted in.',
  INTAKE_PRICE_MISSING: 'A line states no price; the list price was taken.',
  INTAKE_PURPOSE: 'The document changes or cancels an order, which is not taken in yet.',
  INTAKE_DUPLICATE: 'The order was taken in before.',
  MODEL_KIND: 'The file is neither a process (.bpmn) nor a decision (.dmn).',
} as const;

export type OperationErrorCode = keyof typeof operationErrors;
