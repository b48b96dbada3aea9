/** Codes the server itself fails or answers with. */
export const serverErrors = {
  CONFIGURATION: 'A variable of the environment has no allowed value.',
  SERVER_PORT_TAKEN: 'Another program listens on the port.',
  SERVER_ADDRESS: 'The host to listen on is not an address of this machine, or the port needs more rights.',
  UNAUTHENTICATED: 'The request has no valid session.',
  TENANT_NONE: 'The user belongs to no tenant.',
  TENANT_NOT_FOUND: 'The user belongs to no tenant of the slug in the header.',
  CROSS_SITE: 'A request with a session cookie did not come from a page of this server.',
  NOT_FOUND: 'There is nothing at this address, or the viewer may not know of it.',
  REQUEST: 'The request is not well formed, or its body is too large.',
  INTERNAL: 'A bug; the id in the answer is in the log.',
} as const;

export type ServerErrorCode = keyof typeof serverErrors;
