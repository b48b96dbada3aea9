import { fail, must, OrderloomError } from '@orderloom/kernel';
import { completeTask, type TaskCompletion } from '@orderloom/operations';
import { builder } from '../builder.ts';
import type { GraphqlErrorCode } from '../errors.ts';
import { Order, Task } from '../objects.ts';
import { orderById, type OrderRow } from '../reads/orders.ts';
import { taskById, type TaskRow } from '../reads/tasks.ts';
import { beginCall } from './begin-call.ts';

const CompleteTaskInput = builder.inputType('CompleteTaskInput', {
  fields: (t) => ({
    idempotencyKey: t.string(),
    taskId: t.id(),
    variables: t.field({ type: 'JSON', description: 'What the form asks for, by field.' }),
  }),
});

const CompleteTaskPayload = builder
  .objectRef<{ readonly task: TaskRow; readonly order: OrderRow | null }>('CompleteTaskPayload')
  .implement({
    fields: (t) => ({
      task: t.expose('task', { type: Task }),
      order: t.expose('order', { type: Order, nullable: true }),
    }),
  });

builder.mutationField('completeTask', (t) =>
  t.field({
    type: CompleteTaskPayload,
    errors: { types: [OrderloomError], union: { name: 'CompleteTaskResult' } },
    args: { input: t.arg({ type: CompleteTaskInput }) },
    resolve: async (_root, { input: { idempotencyKey, taskId, variables } }, context) => {
      const filledIn = { taskId, variables: asVariables(variables) };
      const { orderId } = await completeTask(await beginCall(context, idempotencyKey), filledIn);
      return {
        task: must(await taskById(context, taskId), 'the task just completed'),
        order: orderId === null ? null : await orderById(context, orderId),
      };
    },
  }),
);

/** What came through JSON is JSON; that it fits the form is for the operation to say. */
function asVariables(value: unknown): TaskCompletion['variables'] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as TaskCompletion['variables'];
  }
  fail('VARIABLES_OBJECT' satisfies GraphqlErrorCode, 'The variables are not an object.', {
    field: 'variables',
    fix: 'Send the fields of the form by name, such as { "approved": true }.',
  });
}
