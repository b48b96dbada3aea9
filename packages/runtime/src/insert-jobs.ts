import type { Batch, JobRow } from './batch.ts';
import { insertRows } from './insert-rows.ts';
import type { Lease, LeasedJob } from './job.ts';

/** As many as this node has room for are leased to it at once; the others wait for whoever comes first. */
export async function insertJobs(
  { tx, tenantId, now, write }: Batch,
  { nodeId, leaseMs, slots }: Lease,
): Promise<readonly LeasedJob[]> {
  const jobs = write.jobs.opened;
  const kept = slots.reserve(jobs.length);
  const until = new Date(now.getTime() + leaseMs);
  try {
    await insertRows(
      tx,
      'job',
      {
        tenant_id: 'uuid',
        instance_id: 'uuid',
        id: 'text',
        element: 'text',
        type: 'text',
        state: 'job_state',
        variables: 'jsonb',
        attempts_left: 'int',
        attempt: 'int',
        due_at: 'timestamptz',
        leased_by: 'text',
        leased_until: 'timestamptz',
      },
      jobs.map((job, index) => {
        const mine = index < kept;
        return {
          tenant_id: tenantId,
          instance_id: job.instanceId,
          id: job.id,
          element: job.element,
          type: job.type,
          state: mine ? 'LEASED' : 'WAITING',
          variables: JSON.stringify(job.variables),
          attempts_left: mine ? job.attempts - 1 : job.attempts,
          attempt: mine ? 1 : 0,
          due_at: now,
          leased_by: mine ? nodeId : null,
          leased_until: mine ? until : null,
        };
      }),
    );
  } catch (error) {
    slots.release(kept);
    throw error;
  }
  return jobs.slice(0, kept).map((job) => firstLease(tenantId, job));
}

function firstLease(tenantId: string, job: JobRow): LeasedJob {
  return {
    tenantId,
    instanceId: job.instanceId,
    jobId: job.id,
    element: job.element,
    type: job.type,
    businessKey: job.businessKey,
    variables: job.variables,
    attempt: 1,
    attemptsLeft: job.attempts - 1,
  };
}
