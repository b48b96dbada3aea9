/** Codes this package answers with, beside those of operations and access. */
export const graphqlErrors = {
  UNAUTHENTICATED: 'The request has no valid session.',
  PAGE_SIZE: 'A page was asked for with fewer than one or more than 100 entries.',
  PAGE_CURSOR: 'The text after which a page should begin is not a cursor of that list.',
  CONTENT_BASE64: 'The content of a document is not base64.',
  VARIABLES_OBJECT: 'What completes a task is not an object.',
  ORDER_NOT_FOUND: 'There is no such order, or the viewer may not know of it.',
  INTERNAL: 'A bug; the id in the answer is in the log.',
} as const;

export type GraphqlErrorCode = keyof typeof graphqlErrors;
