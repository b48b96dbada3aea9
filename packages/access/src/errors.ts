/** Codes this package fails with. */
export const ACCESS_ERRORS = {
  FORBIDDEN: 'The principal has no role that allows the action; the fix names the roles that do.',
  ACCESS_RULES: 'Packed rules are not in the form this version writes.',
} as const;
