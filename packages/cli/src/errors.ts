/** Codes this package fails with. */
export const cliErrors = {
  CLI_FILE: 'A file named on the command line cannot be read.',
  TENANT_UNKNOWN: 'There is no tenant of the given name.',
} as const;

export type CliErrorCode = keyof typeof cliErrors;
