import { must, OrderloomError } from '@orderloom/kernel';
import { claimTask } from '@orderloom/operations';
import { builder } from '../builder.ts';
import { Task } from '../objects.ts';
import { taskById, type TaskRow } from '../reads/tasks.ts';
import { beginCall } from './begin-call.ts';

const ClaimTaskInput = builder.inputType('ClaimTaskInput', {
  fields: (t) => ({
    idempotencyKey: t.string({
      description: 'Chosen by the caller; the same key with the same input gives the same answer.',
    }),
    taskId: t.id(),
  }),
});

const ClaimTaskPayload = builder.objectRef<{ readonly task: TaskRow }>('ClaimTaskPayload').implement({
  fields: (t) => ({ task: t.expose('task', { type: Task }) }),
});

builder.mutationField('claimTask', (t) =>
  t.field({
    type: ClaimTaskPayload,
    errors: { types: [OrderloomError], union: { name: 'ClaimTaskResult' } },
    args: { input: t.arg({ type: ClaimTaskInput }) },
    resolve: async (_root, { input: { idempotencyKey, taskId } }, context) => {
      await claimTask(await beginCall(context, idempotencyKey), { taskId });
      return { task: must(await taskById(context, taskId), 'the task just claimed') };
    },
  }),
);
