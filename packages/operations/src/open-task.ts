import type { Transaction } from '@orderloom/database';
import { fail } from '@orderloom/kernel';
import { may, abilityFor, type Principal } from '@orderloom/access';
import type { OperationErrorCode } from './errors.ts';

/** An open task, locked for the rest of the transaction. */
export interface OpenTask {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  /** The engine's id of it. */
  readonly waitId: string;
  readonly orderId: string | null;
  readonly element: string;
  readonly name: string;
  readonly candidateGroups: readonly string[];
  readonly assignee: string | null;
  readonly form: string | null;
}

/** Finds an open task the principal may know of; whatever else the id names is "not found" alike. */
export async function lockOpenTask(tx: Transaction, principal: Principal, taskId: string): Promise<OpenTask> {
  const [row] = /^[0-9a-f-]{36}$/i.test(taskId)
    ? await tx.query<{
        instance_id: string;
        wait_id: string;
        order_id: string | null;
        element: string;
        name: string;
        candidate_groups: string[];
        assignee: string | null;
        form: string | null;
        state: string;
      }>(
        `select instance_id, wait_id, order_id, element, name, candidate_groups, assignee, form, state
           from user_task where tenant_id = $1 and id = $2 for update`,
        [principal.tenantId, taskId],
      )
    : [];
  const task = row && {
    id: taskId,
    tenantId: principal.tenantId,
    instanceId: row.instance_id,
    waitId: row.wait_id,
    orderId: row.order_id,
    element: row.element,
    name: row.name,
    candidateGroups: row.candidate_groups,
    assignee: row.assignee,
    form: row.form,
  };
  if (!task || !may(abilityFor(principal), 'read', 'Task', task)) {
    fail('TASK_NOT_FOUND' satisfies OperationErrorCode, 'There is no such task.', {
      field: 'taskId',
      fix: 'Open the list of tasks anew.',
    });
  }
  if (row.state !== 'OPEN') {
    fail('TASK_NOT_OPEN' satisfies OperationErrorCode, `"${task.name}" is done already.`, {
      field: 'taskId',
      fix: 'Open the order to see who finished it and how.',
    });
  }
  return task;
}

/** Refuses when somebody else has taken the task. */
export function requireNotTaken(task: OpenTask, principal: Principal): void {
  if (task.assignee === null || task.assignee === principal.id) return;
  fail('TASK_TAKEN' satisfies OperationErrorCode, `Somebody else is working on "${task.name}".`, {
    field: 'taskId',
    fix: 'Ask them to put it back, or take another task.',
  });
}
