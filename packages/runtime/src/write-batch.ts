import type { Batch, InstanceRecord, JobRow } from './batch.ts';
import { insertRows } from './insert-rows.ts';
import type { JobSlots, LeasedJob } from './job.ts';
import { setAsidePrefix } from './load-instances.ts';
import type { RowKey } from './staged-rows.ts';
import { newId } from '@orderloom/kernel';

export interface Lease {
  readonly nodeId: string;
  readonly leaseMs: number;
  readonly slots: JobSlots;
}

/** Writes all that the batch decided, one statement a table, and answers the new jobs that stay on this node. */
export async function writeBatch(batch: Batch, lease: Lease): Promise<readonly LeasedJob[]> {
  const changed = [...batch.instances.values()].filter((instance) => instance.changed);
  if (changed.length === 0) return [];
  await insertInstances(
    batch,
    changed.filter((instance) => instance.isNew),
  );
  await updateInstances(
    batch,
    changed.filter((instance) => !instance.isNew),
  );
  await insertEvents(batch);
  await deleteRows(batch, 'job', batch.write.jobs.closed);
  const leased = await insertJobs(batch, lease);
  await closeTasks(batch);
  await insertTasks(batch);
  await deleteRows(batch, 'timer', batch.write.timers.closed);
  await insertTimers(batch);
  await deleteRows(batch, 'message_subscription', batch.write.subscriptions.closed);
  await insertSubscriptions(batch);
  await resolveIncidents(batch, changed);
  await insertIncidents(batch);
  return leased;
}

async function insertInstances({ tx, tenantId }: Batch, instances: readonly InstanceRecord[]): Promise<void> {
  await insertRows(
    tx,
    'process_instance',
    {
      tenant_id: 'uuid',
      id: 'uuid',
      definition_id: 'uuid',
      business_key: 'text',
      status: 'instance_status',
      state: 'jsonb',
      revision: 'int',
      event_count: 'int',
      parent_instance_id: 'uuid',
      parent_call_id: 'text',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
    },
    instances.map((instance) => ({
      tenant_id: tenantId,
      id: instance.id,
      definition_id: instance.definition.id,
      business_key: instance.businessKey,
      status: instance.status,
      state: JSON.stringify(instance.document),
      revision: instance.revision,
      event_count: instance.eventCount,
      parent_instance_id: instance.parent?.instanceId ?? null,
      parent_call_id: instance.parent?.callId ?? null,
      started_at: instance.startedAt,
      ended_at: instance.endedAt,
    })),
  );
}

async function updateInstances({ tx, tenantId }: Batch, instances: readonly InstanceRecord[]): Promise<void> {
  if (instances.length === 0) return;
  await tx.query(
    `update process_instance i
        set status = u.status, state = u.state, revision = u.revision, event_count = u.event_count, ended_at = u.ended_at
       from unnest($2::uuid[], $3::instance_status[], $4::jsonb[], $5::int[], $6::int[], $7::timestamptz[])
         as u(id, status, state, revision, event_count, ended_at)
      where i.tenant_id = $1 and i.id = u.id`,
    [
      tenantId,
      instances.map(({ id }) => id),
      instances.map(({ status }) => status),
      instances.map(({ document }) => JSON.stringify(document)),
      instances.map(({ revision }) => revision),
      instances.map(({ eventCount }) => eventCount),
      instances.map(({ endedAt }) => endedAt),
    ],
  );
}

async function insertEvents({ tx, tenantId, now, write }: Batch): Promise<void> {
  await insertRows(
    tx,
    'process_event',
    {
      tenant_id: 'uuid',
      instance_id: 'uuid',
      sequence: 'int',
      type: 'text',
      element: 'text',
      data: 'jsonb',
      at: 'timestamptz',
      actor: 'text',
    },
    write.events.map(({ instanceId, ...event }) => ({
      tenant_id: tenantId,
      instance_id: instanceId,
      at: now,
      ...event,
    })),
  );
}

/** As many as this node has room for are leased to it at once; the others wait for whoever comes first. */
async function insertJobs(
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

async function insertTasks({ tx, tenantId, now, write }: Batch): Promise<void> {
  const tasks = write.tasks.opened;
  if (tasks.length === 0) return;
  await tx.query(
    `insert into user_task (tenant_id, id, instance_id, wait_id, order_id, element, name, candidate_groups,
                            assignee, form, due_at, variables, created_at)
     select $1, t.id, t.instance_id, t.wait_id, t.order_id, t.element, t.name,
            array(select jsonb_array_elements_text(t.candidate_groups)),
            t.assignee, t.form, t.due_at, t.variables, $2
       from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::jsonb[],
                   $10::text[], $11::text[], $12::timestamptz[], $13::jsonb[])
         as t(id, instance_id, wait_id, order_id, element, name, candidate_groups, assignee, form, due_at, variables)`,
    [
      tenantId,
      now,
      tasks.map(() => newId()),
      tasks.map(({ instanceId }) => instanceId),
      tasks.map(({ id }) => id),
      tasks.map(({ variables }) => orderIdOf(variables)),
      tasks.map(({ element }) => element),
      tasks.map(({ name }) => name),
      tasks.map(({ candidateGroups }) => JSON.stringify(candidateGroups)),
      tasks.map(({ assignee }) => assignee),
      tasks.map(({ form }) => form),
      tasks.map(({ dueAt }) => dueAt),
      tasks.map(({ variables }) => JSON.stringify(variables)),
    ],
  );
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The order a task is about is the one its variable `orderId` names; a task without it is about none. */
function orderIdOf(variables: Readonly<Record<string, unknown>>): string | null {
  const { orderId } = variables;
  return typeof orderId === 'string' && uuid.test(orderId) ? orderId : null;
}

async function closeTasks({ tx, tenantId, now, write }: Batch): Promise<void> {
  const tasks = write.closedTasks;
  if (tasks.length === 0) return;
  await tx.query(
    `update user_task t
        set state = c.state, completed_at = $2, completed_by = c.actor, result = c.result
       from unnest($3::uuid[], $4::text[], $5::task_state[], $6::text[], $7::jsonb[])
         as c(instance_id, wait_id, state, actor, result)
      where t.tenant_id = $1 and t.instance_id = c.instance_id and t.wait_id = c.wait_id`,
    [
      tenantId,
      now,
      tasks.map(({ instanceId }) => instanceId),
      tasks.map(({ id }) => id),
      tasks.map(({ state }) => state),
      tasks.map(({ actor }) => actor),
      tasks.map(({ result }) => (result === null ? null : JSON.stringify(result))),
    ],
  );
}

async function insertTimers({ tx, tenantId, write }: Batch): Promise<void> {
  await insertRows(
    tx,
    'timer',
    { tenant_id: 'uuid', instance_id: 'uuid', id: 'text', element: 'text', due_at: 'timestamptz' },
    write.timers.opened.map(({ instanceId, id, element, dueAt }) => ({
      tenant_id: tenantId,
      instance_id: instanceId,
      id,
      element,
      due_at: dueAt,
    })),
  );
}

async function insertSubscriptions({ tx, tenantId, write }: Batch): Promise<void> {
  await insertRows(
    tx,
    'message_subscription',
    {
      tenant_id: 'uuid',
      instance_id: 'uuid',
      id: 'text',
      element: 'text',
      message: 'text',
      correlation_key: 'text',
    },
    write.subscriptions.opened.map(({ instanceId, id, element, message, correlationKey }) => ({
      tenant_id: tenantId,
      instance_id: instanceId,
      id,
      element,
      message,
      correlation_key: correlationKey,
    })),
  );
}

async function insertIncidents({ tx, tenantId, now, write }: Batch): Promise<void> {
  await insertRows(
    tx,
    'incident',
    {
      tenant_id: 'uuid',
      instance_id: 'uuid',
      id: 'text',
      element: 'text',
      code: 'text',
      message: 'text',
      raised_at: 'timestamptz',
    },
    write.incidents.opened.map(({ instanceId, id, element, code, message }) => ({
      tenant_id: tenantId,
      instance_id: instanceId,
      id,
      element,
      code,
      message,
      raised_at: now,
    })),
  );
}

/** Incidents the engine resolved, and those of the runtime's own on instances that could be moved again. */
async function resolveIncidents(batch: Batch, changed: readonly InstanceRecord[]): Promise<void> {
  const { tx, tenantId, now, write } = batch;
  if (write.resolvedIncidents.length > 0) {
    await tx.query(
      `update incident x set resolved_at = $2, resolved_by = r.actor
         from unnest($3::uuid[], $4::text[], $5::text[]) as r(instance_id, id, actor)
        where x.tenant_id = $1 and x.instance_id = r.instance_id and x.id = r.id`,
      [
        tenantId,
        now,
        write.resolvedIncidents.map(({ instanceId }) => instanceId),
        write.resolvedIncidents.map(({ id }) => id),
        write.resolvedIncidents.map(({ actor }) => actor),
      ],
    );
  }
  const recovered = changed.filter((instance) => instance.setAside);
  if (recovered.length > 0) {
    await tx.query(
      `update incident set resolved_at = $3, resolved_by = 'system'
        where tenant_id = $1 and instance_id = any($2::uuid[]) and id like '${setAsidePrefix}%' and resolved_at is null`,
      [tenantId, recovered.map(({ id }) => id), now],
    );
  }
}

async function deleteRows({ tx, tenantId }: Batch, table: string, rows: readonly RowKey[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `delete from ${table} t using unnest($2::uuid[], $3::text[]) as c(instance_id, id)
      where t.tenant_id = $1 and t.instance_id = c.instance_id and t.id = c.id`,
    [tenantId, rows.map(({ instanceId }) => instanceId), rows.map(({ id }) => id)],
  );
}
