export { openDatabase, type OpenDatabaseOptions } from './open-database.ts';
export type { Database, Membership, NewTenant, Tenant, TenantClient } from './database.ts';
export type { Transaction, TransactionOptions } from './transaction.ts';
export type { DatabaseErrorCode } from './errors.ts';

export { lockDataFolder, openDataFolder, type DataFolderLock } from './data-folder.ts';
export {
  attachEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts';
export { rootSecret } from './root-secret.ts';
export { createDatabase, dropDatabase } from './create-database.ts';

export { recordAudit, type AuditEvent } from './record-audit.ts';
export { recordOutboxEvent, type OutboxEvent } from './record-outbox-event.ts';
export { nextNumber } from './next-number.ts';
export { withIdempotencyKey, type KeyedRequest } from './with-idempotency-key.ts';
