import { authorize } from '@orderloom/access';
import { recordDeeds } from './audit.ts';

import { actorOf, perform, type Call } from './call.ts';
import { lockOpenTask } from './open-task.ts';

/** Puts a task back for anybody who may do it. */
export function releaseTask(call: Call, { taskId }: { readonly taskId: string }): Promise<void> {
  return perform(call, 'releaseTask', { taskId }, async (step) => {
    const { tx, now } = step;
    const { principal } = call;
    const task = await lockOpenTask(tx, principal, taskId);
    authorize(principal, 'release', 'Task', task);
    if (task.assignee === null) return;
    await tx.query(`update user_task set assignee = null where tenant_id = $1 and id = $2`, [
      principal.tenantId,
      taskId,
    ]);
    step.touch({ instanceId: task.instanceId, businessKey: task.orderId });
    await recordDeeds(tx, [
      {
        tenantId: principal.tenantId,
        orderId: task.orderId,
        action: 'task.released',
        actor: actorOf(principal),
        data: { taskId, element: task.element, from: task.assignee },
        at: now,
      },
    ]);
  });
}
