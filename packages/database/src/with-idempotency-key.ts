import { createHash } from 'node:crypto';
import { fail, must, type Id } from '@orderloom/kernel';
import type { DatabaseErrorCode } from './errors.ts';
import { canonicalJson, decodeJson, encodeJson } from './json.ts';
import type { Transaction } from './transaction.ts';

/** A request that its sender may repeat. */
export interface KeyedRequest {
  readonly tenantId: Id;
  /** The mutation, `placeOrder`: keys of different operations have nothing to do with each other. */
  readonly operation: string;
  readonly key: string;
  /** All that the answer depends on, as JSON and `bigint`; the order of fields does not matter. */
  readonly request: unknown;
}

/**
 * Does `work` once for a key: a repetition gets the stored answer and changes nothing; one that comes while the
 * first is still at work waits for it. The key and the work share a transaction, so a failed request can be
 * tried again with its key.
 *
 * Answers are JSON and `bigint` (a `Date` comes back as text, the first time too: all answers are the same).
 * Fails with IDEMPOTENCY_CONFLICT when the key came with another request before.
 */
export async function withIdempotencyKey<T>(
  tx: Transaction,
  { tenantId, operation, key, request }: KeyedRequest,
  work: () => Promise<T>,
): Promise<T> {
  const requestHash = createHash('sha256').update(canonicalJson(request)).digest('hex');
  const inserted = await tx.query(
    `insert into idempotency_key (tenant_id, operation, key, request_hash, response, created_at)
     values ($1, $2, $3, $4, 'null', now()) on conflict do nothing returning key`,
    [tenantId, operation, key, requestHash],
  );
  const isFirst = inserted.length > 0;
  const [answer] = isFirst
    ? await tx.query<Answer>(
        `update idempotency_key set response = $4 where tenant_id = $1 and operation = $2 and key = $3
         returning request_hash as "requestHash", response::text`,
        [tenantId, operation, key, encodeJson(await work())],
      )
    : await tx.query<Answer>(
        `select request_hash as "requestHash", response::text
           from idempotency_key where tenant_id = $1 and operation = $2 and key = $3`,
        [tenantId, operation, key],
      );
  const { requestHash: firstHash, response } = must(answer, `the answer to key ${key}`);
  if (firstHash !== requestHash) {
    fail(
      'IDEMPOTENCY_CONFLICT' satisfies DatabaseErrorCode,
      `The key "${key}" was used for another ${operation} before.`,
      { field: 'idempotencyKey', fix: 'Send the first request again unchanged, or give this one a new key.' },
    );
  }
  return decodeJson(response) as T;
}

interface Answer {
  readonly requestHash: string;
  readonly response: string;
}
