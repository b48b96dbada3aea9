import type { TenantClient } from '@orderloom/database';

type Tables = {
  [Table in keyof TenantClient]: TenantClient[Table] extends { findFirst(): PromiseLike<infer Row> }
    ? NonNullable<Row>
    : never;
};

/** A row of a table with all its columns. */
export type Row<Table extends keyof TenantClient> = Tables[Table];
