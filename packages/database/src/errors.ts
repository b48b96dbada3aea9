/** Every code this package fails with, and what it means. */
export type DatabaseErrorCode =
  /** Not a PostgreSQL URL. */
  | 'DATABASE_URL_INVALID'
  /** Nobody answers there. */
  | 'DATABASE_UNREACHABLE'
  /** The server refuses the user or the password of the URL. */
  | 'DATABASE_LOGIN_REFUSED'
  /** The server has no database of that name. */
  | 'DATABASE_MISSING'
  /** The server is too old, or the database is not UTF-8. */
  | 'DATABASE_UNSUPPORTED'
  /** The database holds tables that are not ours. */
  | 'DATABASE_NOT_EMPTY'
  /** A newer Orderloom has already migrated the database. */
  | 'DATABASE_NEWER'
  /** A migration file differs from what was applied. */
  | 'DATABASE_MIGRATION_EDITED'
  /** A migration could not be applied. */
  | 'DATABASE_MIGRATION_FAILED'
  /** The serving roles are missing and the user of the URL may not make them. */
  | 'DATABASE_ROLES'
  /** The data folder cannot be created or written. */
  | 'DATA_FOLDER_NOT_WRITABLE'
  /** The data folder was made by another major version of PostgreSQL. */
  | 'DATA_FOLDER_VERSION'
  /** Another server works on the data folder. */
  | 'DATA_FOLDER_IN_USE'
  /** PostgreSQL's own programs are missing or failed. */
  | 'EMBEDDED_POSTGRES_FAILED'
  /** A tenant of that slug exists. */
  | 'TENANT_EXISTS'
  /** The idempotency key was used for another request. */
  | 'IDEMPOTENCY_CONFLICT';
