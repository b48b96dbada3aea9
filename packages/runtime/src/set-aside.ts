import type { Transaction } from '@orderloom/database';
import { isOrderloomError } from '@orderloom/kernel';
import type { LeasedJob } from './job.ts';
import { setAsidePrefix } from './load-instances.ts';

/**
 * When the engine cannot take the answer of a job or the firing of a timer, no caller is there to be told:
 * an incident is written that the instance itself knows nothing of, and the job or timer comes again after
 * a while. Once the instance can be moved again the incident is resolved by that.
 */
const comeBackMs = 5 * 60 * 1000;

export interface DueTimer {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly timerId: string;
}

export async function setTimerAside(
  tx: Transaction,
  timer: DueTimer,
  error: unknown,
  now: Date,
): Promise<void> {
  const { tenantId, instanceId, timerId } = timer;
  await tx.query(
    `with moved as (
       update timer set due_at = $7 where tenant_id = $1 and instance_id = $2 and id = $8 returning element)
     ${insertIncident}`,
    [tenantId, instanceId, setAsidePrefix + timerId, ...readable(error), now, comeBack(now), timerId],
  );
}

/** A job that was to be given up anyway is not done again: it stays where it is for a person to look at. */
export async function setJobAside(tx: Transaction, job: LeasedJob, error: unknown, now: Date): Promise<void> {
  const { tenantId, instanceId, jobId, attempt } = job;
  const [code, message] = readable(error);
  await tx.query(
    `with moved as (
       update job set state = $10::job_state, due_at = $7, last_error = $5, leased_by = null, leased_until = null
        where tenant_id = $1 and instance_id = $2 and id = $8 and attempt = $9 and state = 'LEASED'
       returning element)
     ${insertIncident}`,
    [
      tenantId,
      instanceId,
      setAsidePrefix + jobId,
      code,
      message,
      now,
      comeBack(now),
      jobId,
      attempt,
      job.attemptsLeft < 0 ? 'INCIDENT' : 'WAITING',
    ],
  );
}

const insertIncident = `insert into incident (tenant_id, instance_id, id, element, code, message, raised_at)
     select $1, $2, $3, element, $4, $5, $6 from moved
     on conflict (tenant_id, instance_id, id)
     do update set code = excluded.code, message = excluded.message, resolved_at = null, resolved_by = null`;

function comeBack(now: Date): Date {
  return new Date(now.getTime() + comeBackMs);
}

function readable(error: unknown): [code: string, message: string] {
  return isOrderloomError(error)
    ? [error.code, error.message]
    : ['RUNTIME_STEP_FAILED', 'The step failed for a reason that the log of the server tells.'];
}
