import { appendFileSync } from 'node:fs';
import type { ExternalJob, JobOutcome, TransactionalHandler } from './work.ts';

/** Counts in the database how often the work of an order was done. */
export const countWork: TransactionalHandler = async (tx, work, { tenantId }) => {
  for (const { businessKey } of work) {
    await tx.query(
      `insert into number_series (tenant_id, series, next) values ($1, $2, 1)
       on conflict (tenant_id, series) do update set next = number_series.next + 1`,
      [tenantId, businessKey],
    );
  }
  return work.map(() => ({ kind: 'completed', variables: {} }));
};

/** The outside world: a journal that no rollback takes back, told with the key it may recognise repetitions by. */
export const noteEffect =
  (folder: string) =>
  async ({ businessKey, idempotencyKey }: ExternalJob): Promise<JobOutcome> => {
    appendFileSync(`${folder}/effects`, `${businessKey} ${idempotencyKey}\n`);
    return { kind: 'completed', variables: {} };
  };
