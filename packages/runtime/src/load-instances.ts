import type { Instance } from '@orderloom/engine';
import { must } from '@orderloom/kernel';
import type { Batch, InstanceStatus } from './batch.ts';

interface InstanceRow {
  readonly id: string;
  readonly definition_id: string;
  readonly business_key: string | null;
  readonly status: InstanceStatus;
  readonly state: Instance;
  readonly revision: number;
  readonly event_count: number;
  readonly parent_instance_id: string | null;
  readonly parent_call_id: string | null;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly set_aside: boolean;
}

/** Incidents that the runtime raises itself, because the engine could not, have ids of this form. */
export const setAsidePrefix = 'runtime:';

/**
 * Brings the instances into the batch and locks them until it ends. Locks are taken in the order of
 * ids, by one statement: two batches that want the same instances wait for each other in line.
 */
export async function loadInstances(batch: Batch, ids: Iterable<string>): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !batch.instances.has(id));
  if (missing.length === 0) return;
  const rows = await batch.tx.query<InstanceRow>(
    `select id, definition_id, business_key, status, state, revision, event_count,
            parent_instance_id, parent_call_id, started_at, ended_at,
            exists (select from incident x
                     where x.tenant_id = i.tenant_id and x.instance_id = i.id
                       and x.id like '${setAsidePrefix}%' and x.resolved_at is null) as set_aside
       from process_instance i
      where tenant_id = $1 and id = any($2::uuid[])
      order by id for no key update of i`,
    [batch.tenantId, missing],
  );
  const definitions = await batch.definitions.load(
    batch.tx,
    batch.tenantId,
    rows.map((row) => row.definition_id),
  );
  for (const row of rows) {
    batch.instances.set(row.id, {
      id: row.id,
      definition: must(definitions.get(row.definition_id), `the definition of instance ${row.id}`),
      businessKey: row.business_key,
      parent:
        row.parent_instance_id !== null && row.parent_call_id !== null
          ? { instanceId: row.parent_instance_id, callId: row.parent_call_id }
          : null,
      startedAt: row.started_at,
      isNew: false,
      setAside: row.set_aside,
      document: row.state,
      status: row.status,
      endedAt: row.ended_at,
      revision: row.revision,
      eventCount: row.event_count,
      changed: false,
    });
  }
}
