import { OrderloomError } from '@orderloom/kernel';
import { releaseTask } from '@orderloom/operations';
import { builder } from '../builder.ts';
import { Task } from '../objects.ts';
import { taskById, type TaskRow } from '../reads/tasks.ts';
import { beginCall } from './begin-call.ts';

const ReleaseTaskInput = builder.inputType('ReleaseTaskInput', {
  fields: (t) => ({ idempotencyKey: t.string(), taskId: t.id() }),
});

const ReleaseTaskPayload = builder
  .objectRef<{ readonly task: TaskRow | null }>('ReleaseTaskPayload')
  .implement({
    fields: (t) => ({
      task: t.expose('task', {
        type: Task,
        nullable: true,
        description: 'Null when the viewer saw it only for having taken it.',
      }),
    }),
  });

builder.mutationField('releaseTask', (t) =>
  t.field({
    type: ReleaseTaskPayload,
    errors: { types: [OrderloomError], union: { name: 'ReleaseTaskResult' } },
    args: { input: t.arg({ type: ReleaseTaskInput }) },
    resolve: async (_root, { input: { idempotencyKey, taskId } }, context) => {
      await releaseTask(await beginCall(context, idempotencyKey), { taskId });
      return { task: await taskById(context, taskId) };
    },
  }),
);
