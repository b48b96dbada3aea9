import type { Batch } from './batch.ts';
import { loadInstances } from './load-instances.ts';
import { waitKey } from './staged-rows.ts';
import type { Submission } from './submission.ts';

type Answer = Extract<Submission, { kind: 'answer' }>;
type Timer = Extract<Submission, { kind: 'timer' }>;

/**
 * Those answers and timers that are still wanted. Their instances are locked first, so that nobody else
 * can fire the same timer or accept another answer; a job's row is locked too, because leases pass from
 * node to node without the instance.
 */
export async function findLive(batch: Batch, submissions: readonly Submission[]): Promise<Set<Submission>> {
  const answers = submissions.filter((submission) => submission.kind === 'answer');
  const timers = submissions.filter((submission) => submission.kind === 'timer');
  const starts = submissions.filter((submission) => submission.kind === 'startTimer');
  await loadInstances(batch, [
    ...answers.map(({ job }) => job.instanceId),
    ...timers.map((timer) => timer.instanceId),
  ]);
  return new Set([...(await liveAnswers(batch, answers)), ...(await liveTimers(batch, timers)), ...starts]);
}

async function liveAnswers({ tx, tenantId }: Batch, answers: readonly Answer[]): Promise<readonly Answer[]> {
  if (answers.length === 0) return [];
  const rows = await tx.query<{ instance_id: string; id: string; attempt: number }>(
    `select j.instance_id, j.id, j.attempt from job j
       join unnest($2::uuid[], $3::text[]) as a(instance_id, id) on j.instance_id = a.instance_id and j.id = a.id
      where j.tenant_id = $1 and j.state = 'LEASED'
      order by j.instance_id, j.id for update of j`,
    [tenantId, answers.map(({ job }) => job.instanceId), answers.map(({ job }) => job.jobId)],
  );
  const attempts = new Map(rows.map((row) => [waitKey(row.instance_id, row.id), row.attempt]));
  return answers.filter(({ job }) => attempts.get(waitKey(job.instanceId, job.jobId)) === job.attempt);
}

async function liveTimers({ tx, tenantId }: Batch, timers: readonly Timer[]): Promise<readonly Timer[]> {
  if (timers.length === 0) return [];
  const rows = await tx.query<{ instance_id: string; id: string }>(
    `select t.instance_id, t.id from timer t
       join unnest($2::uuid[], $3::text[]) as a(instance_id, id) on t.instance_id = a.instance_id and t.id = a.id
      where t.tenant_id = $1`,
    [tenantId, timers.map((timer) => timer.instanceId), timers.map((timer) => timer.timerId)],
  );
  const open = new Set(rows.map((row) => waitKey(row.instance_id, row.id)));
  return timers.filter((timer) => open.has(waitKey(timer.instanceId, timer.timerId)));
}
