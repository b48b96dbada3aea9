/** The error codes of this package. A code is never reused. */
export const FEEL_ERRORS = {
  FEEL_SYNTAX: 'The text is not a FEEL expression; the message names the place.',
  FEEL_LIMIT: 'The expression is longer or more deeply nested than is accepted.',
  FEEL_BUDGET: 'An evaluation took more steps, memory or recursion than it is allowed.',
  FEEL_DURATION: 'The text is not an ISO 8601 duration, or it leads out of the calendar.',
} as const;

export type FeelErrorCode = keyof typeof FEEL_ERRORS;
