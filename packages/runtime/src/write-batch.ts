import type { Batch, InstanceRecord } from './batch.ts';
import { insertJobs } from './insert-jobs.ts';
import { insertRows } from './insert-rows.ts';
import type { Lease, LeasedJob } from './job.ts';
import type { RowKey } from './staged-rows.ts';
import { insertIncidents, resolveIncidents } from './write-incidents.ts';
import { closeTasks, insertTasks } from './write-tasks.ts';

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

async function deleteRows({ tx, tenantId }: Batch, table: string, rows: readonly RowKey[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `delete from ${table} t using unnest($2::uuid[], $3::text[]) as c(instance_id, id)
      where t.tenant_id = $1 and t.instance_id = c.instance_id and t.id = c.id`,
    [tenantId, rows.map(({ instanceId }) => instanceId), rows.map(({ id }) => id)],
  );
}
