import { newId } from '@orderloom/kernel';
import type { Batch } from './batch.ts';

export async function insertTasks({ tx, tenantId, now, write }: Batch): Promise<void> {
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

export async function closeTasks({ tx, tenantId, now, write }: Batch): Promise<void> {
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
