import type { ExternalJob, JobOutcome } from '@orderloom/runtime';
import { bookShipment } from './book-shipment.ts';
import type { JobTools } from './job-tools.ts';

/** The external work a drawn process can ask for, by the task type it names. */
const jobs: Readonly<Record<string, (tools: JobTools, job: ExternalJob) => Promise<JobOutcome>>> = {
  'shipment.book': bookShipment,
};

/** Does one leased job, outside any transaction. What it throws counts as a failed attempt. */
export async function performJob(tools: JobTools, job: ExternalJob): Promise<JobOutcome> {
  const perform = jobs[job.type];
  if (perform) return perform(tools, job);
  return {
    kind: 'failed',
    code: 'TASK_TYPE_UNKNOWN',
    message: `Nothing here does work of the type "${job.type}", which ${job.element} asks for.`,
    retryable: false,
  };
}
