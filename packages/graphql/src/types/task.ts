import { may } from '@orderloom/access';
import { builder } from '../builder.ts';
import { viewerOf, type Context } from '../context.ts';
import { Order, Person, Task } from '../objects.ts';
import { connectionOf } from '../page.ts';
import { orderById } from '../reads/orders.ts';
import { actorName, personById } from '../reads/people.ts';
import { inLanguage, nodeOf } from '../reads/processes.ts';
import { formByKey, listTasks, taskById, type TaskRow } from '../reads/tasks.ts';

const TaskState = builder.enumType('TaskState', { values: ['OPEN', 'COMPLETED', 'CANCELLED'] as const });
const TaskAction = builder.enumType('TaskAction', { values: ['CLAIM', 'RELEASE', 'COMPLETE'] as const });

Task.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.string({
      resolve: async ({ instanceId, element, name }, _args, context) => {
        const node = await nodeOf(context, instanceId, element);
        return (node && inLanguage(node.labels, context.language)) ?? name;
      },
    }),
    elementId: t.exposeString('element', { description: 'BPMN id.' }),
    order: t.field({
      type: Order,
      nullable: true,
      resolve: ({ orderId }, _args, context) => (orderId === null ? null : orderById(context, orderId)),
    }),
    candidateGroups: t.exposeStringList('candidateGroups', { description: 'Roles it is offered to.' }),
    assignee: t.field({
      type: Person,
      nullable: true,
      resolve: ({ assignee }, _args, context) => (assignee === null ? null : personById(context, assignee)),
    }),
    dueAt: t.expose('dueAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    state: t.expose('state', { type: TaskState }),
    form: t.field({
      type: 'JSON',
      nullable: true,
      description: 'JSON Schema of what completing it asks for; null when there is nothing to fill in.',
      resolve: async ({ form }, _args, context) =>
        form === null ? null : ((await formByKey(context, form))?.schema ?? null),
    }),
    instruction: t.string({ nullable: true, resolve: instructionOf }),
    initialValues: t.field({
      type: 'JSON',
      description: 'What the form starts from: of the variables, those its fields are named after.',
      resolve: initialValuesOf,
    }),
    variables: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the process hands to whoever works on it; null when the viewer may not see it.',
      resolve: (task, _args, context) =>
        may(viewerOf(context).ability, 'read', 'Task', task, 'variables') ? task.variables : null,
    }),
    completedAt: t.expose('completedAt', { type: 'DateTime', nullable: true }),
    completedBy: t.string({
      nullable: true,
      description: 'Name of who completed it.',
      resolve: ({ completedBy }, _args, context) => completedBy && actorName(context, completedBy),
    }),
    result: t.expose('result', { type: 'JSON', nullable: true, description: 'What was filled in.' }),
    allowedActions: t.field({
      type: [TaskAction],
      description: "What the viewer's roles allow while the task is open.",
      resolve: (task, _args, context) => {
        const { ability } = viewerOf(context);
        if (task.state !== 'OPEN') return [];
        return [
          ...(may(ability, 'claim', 'Task', task) ? ['CLAIM' as const] : []),
          ...(may(ability, 'release', 'Task', task) ? ['RELEASE' as const] : []),
          ...(may(ability, 'complete', 'Task', task) ? ['COMPLETE' as const] : []),
        ];
      },
    }),
  }),
});

const TaskConnection = connectionOf('Task', Task);

builder.queryFields((t) => ({
  task: t.field({
    type: Task,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, { id }, context) => taskById(context, id),
  }),
  tasks: t.field({
    type: TaskConnection,
    description: 'Those the viewer may work or see, the one that is due first first.',
    args: {
      state: t.arg({ type: TaskState, defaultValue: 'OPEN' }),
      first: t.arg.int({ defaultValue: 25 }),
      after: t.arg.string({ required: false }),
    },
    resolve: (_root, args, context) => listTasks(context, args),
  }),
}));

async function instructionOf(task: TaskRow, _args: object, context: Context): Promise<string | null> {
  const node = await nodeOf(context, task.instanceId, task.element);
  if (node?.type !== 'userTask') return null;
  return inLanguage(node.instructions, context.language) ?? node.instruction;
}

/** Whoever may fill in a form sees what it starts from; the other variables stay withheld. */
async function initialValuesOf(
  { form, variables }: TaskRow,
  _args: object,
  context: Context,
): Promise<Readonly<Record<string, unknown>>> {
  const definition = form === null ? null : await formByKey(context, form);
  const { properties = {} } = (definition?.schema ?? {}) as { readonly properties?: object };
  const given = variables as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(properties).flatMap((field) => (field in given ? [[field, given[field]]] : [])),
  );
}
