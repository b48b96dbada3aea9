import { builder } from '../builder.ts';
import { visible } from '../guard.ts';
import { changes } from './changes.ts';

interface TasksChangeEvent {
  readonly taskIds: readonly string[];
}

const TasksChange = builder.objectRef<TasksChangeEvent>('TasksChange').implement({
  description: 'That tasks changed; ask for the list again.',
  fields: (t) => ({ taskIds: t.idList({ resolve: ({ taskIds }) => [...taskIds] }) }),
});

builder.subscriptionField('tasksChanged', (t) =>
  t.field({
    type: TasksChange,
    description: 'Some task the viewer may work or see was opened or done.',
    subscribe: (_root, _args, context) =>
      changes<TasksChangeEvent>(context, async (context, told) => {
        const tasks = await context.reader.read((client) =>
          client.userTask.findMany({
            where: {
              ...visible(context, 'Task'),
              instanceId: { in: told.map(({ instanceId }) => instanceId) },
            },
            select: { id: true },
          }),
        );
        return tasks.length === 0 ? null : { taskIds: tasks.map(({ id }) => id) };
      }),
    resolve: (event) => event,
  }),
);
