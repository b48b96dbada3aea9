import { authorize } from '@orderloom/access';
import type { Transaction } from '@orderloom/database';
import { fail, must } from '@orderloom/kernel';
import type { Variables } from '@orderloom/engine';
import { Validator, type Schema } from '@cfworker/json-schema';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import type { OperationErrorCode } from './errors.ts';
import { lockOpenTask, requireNotTaken } from './open-task.ts';

export interface TaskCompletion {
  readonly taskId: string;
  /** What the person filled in, by field of the form. */
  readonly variables: Variables;
}

/** Finishes a task with what its form asks for; the process goes on in the same transaction. */
export function completeTask(
  call: Call,
  { taskId, variables }: TaskCompletion,
): Promise<{ readonly taskId: string; readonly orderId: string | null }> {
  return perform(call, 'completeTask', { taskId, variables }, async (step) => {
    const { principal } = call;
    const task = await lockOpenTask(step.tx, principal, taskId);
    authorize(principal, 'complete', 'Task', task);
    requireNotTaken(task, principal);
    if (task.form !== null) {
      requireFormFilled(await loadForm(step.tx, principal.tenantId, task.form), variables);
    }
    step.apply(task.instanceId, { kind: 'completeTask', task: task.waitId, variables });
    const { note } = variables;
    await recordDeeds(step.tx, [
      {
        tenantId: principal.tenantId,
        orderId: task.orderId,
        action: 'task.completed',
        actor: actorOf(principal),
        reason: typeof note === 'string' && note !== '' ? note : null,
        data: { taskId, element: task.element, name: task.name },
        at: step.now,
      },
    ]);
    return { taskId, orderId: task.orderId };
  });
}

async function loadForm(tx: Transaction, tenantId: string, key: string): Promise<Schema> {
  const [row] = await tx.query<{ schema: Schema }>(
    `select schema from form_definition where tenant_id = $1 and key = $2 order by version desc limit 1`,
    [tenantId, key],
  );
  return must(row, `form ${key}`).schema;
}

/** The same check the screen makes; the server never trusts that it did. */
function requireFormFilled(schema: Schema, variables: Variables): void {
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(variables);
  if (valid) return;
  // The last error is the innermost: the field itself, not the form around it.
  const innermost = must(errors.at(-1), 'an error of the form');
  const field = innermost.instanceLocation.replace(/^#\/?/, '').replaceAll('/', '.');
  fail('TASK_FORM' satisfies OperationErrorCode, `The form is not filled in as it asks: ${innermost.error}`, {
    field: field === '' ? 'variables' : `variables.${field}`,
    fix: 'Correct the field and send the form again.',
    details: {
      errors: errors.map(({ instanceLocation, error }) => ({ at: instanceLocation, error })),
    },
  });
}
