import type { Transaction } from '@orderloom/database';
import type { Variables } from '@orderloom/engine';
import type { LeasedJob } from './job.ts';

interface JobRow {
  readonly tenant_id: string;
  readonly instance_id: string;
  readonly id: string;
  readonly element: string;
  readonly type: string;
  readonly business_key: string | null;
  readonly variables: Variables;
  readonly attempt: number;
  readonly attempts_left: number;
}

export interface LeaseTerms {
  readonly nodeId: string;
  readonly now: Date;
  readonly until: Date;
}

/**
 * Leases up to `limit` jobs of any tenant: those whose lease ran out, then those that are due. A job whose
 * attempts are used up is leased once more, with -1 left, to be given up.
 */
export async function leaseJobs(
  tx: Transaction,
  { nodeId, now, until }: LeaseTerms,
  limit: number,
): Promise<readonly LeasedJob[]> {
  const rows = await tx.query<JobRow>(
    `with expired as (
       select tenant_id, instance_id, id from job
        where state = 'LEASED' and leased_until <= $1
        order by leased_until limit $4 for update skip locked),
     due as (
       select tenant_id, instance_id, id from job
        where state = 'WAITING' and due_at <= $1
        order by due_at limit $4 - (select count(*) from expired) for update skip locked)
     update job j
        set state = 'LEASED', attempt = j.attempt + 1, attempts_left = j.attempts_left - 1,
            leased_by = $2, leased_until = $3
       from (select * from expired union all select * from due) found
       join process_instance i on i.tenant_id = found.tenant_id and i.id = found.instance_id
      where j.tenant_id = found.tenant_id and j.instance_id = found.instance_id and j.id = found.id
     returning j.tenant_id, j.instance_id, j.id, j.element, j.type, i.business_key, j.variables, j.attempt, j.attempts_left`,
    [now, nodeId, until, limit],
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    instanceId: row.instance_id,
    jobId: row.id,
    element: row.element,
    type: row.type,
    businessKey: row.business_key,
    variables: row.variables,
    attempt: row.attempt,
    attemptsLeft: row.attempts_left,
  }));
}

/** Prolongs leases and answers the jobs that are still this node's, by index. */
export async function extendLeases(
  tx: Transaction,
  { nodeId, until }: LeaseTerms,
  jobs: readonly LeasedJob[],
): Promise<Set<number>> {
  const rows = await tx.query<{ index: number }>(
    `update job j set leased_until = $2
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[]) with ordinality
         as l(tenant_id, instance_id, id, attempt, place)
      where j.tenant_id = l.tenant_id and j.instance_id = l.instance_id and j.id = l.id
        and j.attempt = l.attempt and j.state = 'LEASED' and j.leased_by = $1
     returning (l.place - 1)::int as index`,
    [nodeId, until, ...keysOf(jobs)],
  );
  return new Set(rows.map((row) => row.index));
}

/** Gives jobs back as if they had not been taken: for a server that stops. */
export async function giveBackJobs(tx: Transaction, now: Date, jobs: readonly LeasedJob[]): Promise<void> {
  await tx.query(
    `update job j
        set state = 'WAITING', due_at = $1, attempts_left = j.attempts_left + 1, leased_by = null, leased_until = null
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[]) as l(tenant_id, instance_id, id, attempt)
      where j.tenant_id = l.tenant_id and j.instance_id = l.instance_id and j.id = l.id
        and j.attempt = l.attempt and j.state = 'LEASED'`,
    [now, ...keysOf(jobs)],
  );
}

/** Puts a failed job back until `dueAt`; false when it is no longer this lease's. */
export async function retryJob(
  tx: Transaction,
  job: LeasedJob,
  dueAt: Date,
  error: string,
): Promise<boolean> {
  const rows = await tx.query(
    `update job set state = 'WAITING', due_at = $5, last_error = $6, leased_by = null, leased_until = null
      where tenant_id = $1 and instance_id = $2 and id = $3 and attempt = $4 and state = 'LEASED'
     returning id`,
    [job.tenantId, job.instanceId, job.jobId, job.attempt, dueAt, error],
  );
  return rows.length > 0;
}

function keysOf(jobs: readonly LeasedJob[]): [string[], string[], string[], number[]] {
  return [
    jobs.map((job) => job.tenantId),
    jobs.map((job) => job.instanceId),
    jobs.map((job) => job.jobId),
    jobs.map((job) => job.attempt),
  ];
}
