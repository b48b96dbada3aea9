import { authorize } from '@orderloom/access';
import { recordDeeds } from './audit.ts';

import { actorOf, perform, type Call } from './call.ts';
import { lockOpenTask, requireNotTaken } from './open-task.ts';

/** Takes a task on oneself, so that nobody else starts it too. */
export function claimTask(call: Call, { taskId }: { readonly taskId: string }): Promise<void> {
  return perform(call, 'claimTask', { taskId }, async (step) => {
    const { tx, now } = step;
    const { principal } = call;
    const task = await lockOpenTask(tx, principal, taskId);
    authorize(principal, 'claim', 'Task', task);
    requireNotTaken(task, principal);
    if (task.assignee === principal.id) return;
    await tx.query(`update user_task set assignee = $3 where tenant_id = $1 and id = $2`, [
      principal.tenantId,
      taskId,
      principal.id,
    ]);
    step.touch({ instanceId: task.instanceId, businessKey: task.orderId });
    await recordDeeds(tx, [
      {
        tenantId: principal.tenantId,
        orderId: task.orderId,
        action: 'task.claimed',
        actor: actorOf(principal),
        data: { taskId, element: task.element },
        at: now,
      },
    ]);
  });
}
