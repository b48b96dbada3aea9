import type { Batch, InstanceRecord } from './batch.ts';
import { insertRows } from './insert-rows.ts';
import { setAsidePrefix } from './load-instances.ts';

export async function insertIncidents({ tx, tenantId, now, write }: Batch): Promise<void> {
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
export async function resolveIncidents(batch: Batch, changed: readonly InstanceRecord[]): Promise<void> {
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
