import { useChanges, useMutation, useQuery, useViewer, type Problem } from '@orderloom/client';
import {
  Button,
  EmptyState,
  Facts,
  formatDate,
  formatDateTime,
  formatMoney,
  Link,
  Notice,
  SchemaForm,
  Section,
  Table,
  toast,
  usePreferences,
  useTranslate,
  type FormSchema,
  type FormValue,
} from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { useMemo, useState } from 'react';
import { actorWords } from '../actor-words.ts';
import { Answer } from '../answer.tsx';
import { PostalAddress } from '../orders/postal-address.tsx';
import { HoldNotice } from '../orders/hold-notice.tsx';
import { lineColumns } from '../orders/line-columns.tsx';
import { orderMessages } from '../orders/messages.ts';
import { ProblemNotice } from '../problem-notice.tsx';
import { problemWords } from '../problem-words.ts';
import { router } from '../router.tsx';
import { StudioPage } from '../studio-page.tsx';
import { DueBadge } from './due-badge.tsx';
import { taskMessages } from './messages.ts';
import { initialAnswer, taskDraft } from './task-draft.ts';
import { completeTask, taskQuery, type TaskDetails } from './task-queries.ts';
import { tasksChanged } from './tasks-changed.ts';
import { useTaskOwnership } from './use-task-ownership.ts';

const route = getRouteApi('/tasks/$taskId');

export function TaskPage() {
  const t = useTranslate(taskMessages);
  const { taskId } = route.useParams();
  const query = useQuery(taskQuery, { id: taskId });
  useChanges(tasksChanged, {}, query.refresh);
  const task = query.data?.task;
  // While another task is on its way, the answer is still that of the one before.
  if (task && task.id === taskId) return <TaskOf key={taskId} task={task} />;
  if (task === null) {
    return (
      <StudioPage title={t('notFound')}>
        <EmptyState
          icon={ListChecks}
          title={t('noTasksText')}
          action={<Link href="/tasks">{t('backToTasks')}</Link>}
        />
      </StudioPage>
    );
  }
  return (
    <StudioPage title={t('tasks')}>
      <Answer query={query}>{() => null}</Answer>
    </StudioPage>
  );
}

/** One thing to do: what it is about, what is known, and the form that answers it. */
function TaskOf({ task }: { readonly task: TaskDetails }) {
  const t = useTranslate(taskMessages);
  const { user } = useViewer();
  const { claim, release, isPending } = useTaskOwnership();
  const { name, state, dueAt, order, assignee, allowedActions } = task;
  const isOpen = state === 'OPEN';
  const isMine = assignee?.id === user.id;
  return (
    <StudioPage
      title={name}
      badge={isOpen && dueAt && <DueBadge dueAt={dueAt} />}
      subtitle={
        order && (
          <>
            <Link href={`/orders/${order.number}`}>{t('orderOf', { number: order.number })}</Link>
            {` · ${order.customer.name}`}
          </>
        )
      }
      actions={
        <>
          {isOpen && assignee === null && allowedActions.includes('CLAIM') && (
            <Button isPending={isPending} onPress={() => void claim(task)}>
              {t('claim')}
            </Button>
          )}
          {isOpen && isMine && allowedActions.includes('RELEASE') && (
            <Button isPending={isPending} onPress={() => void release(task)}>
              {t('release')}
            </Button>
          )}
        </>
      }
    >
      {order && <HoldNotice order={{ holds: order.holds, process: task }} />}
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
        <Section title={t('form')}>
          <div className="flex flex-col gap-4">
            {task.instruction && <p className="max-w-prose text-base">{task.instruction}</p>}
            <TaskAnswer task={task} />
          </div>
        </Section>
        {order && <OrderSummary order={order} />}
      </div>
    </StudioPage>
  );
}

/** The form, or why there is none to fill in. */
function TaskAnswer({ task }: { readonly task: TaskDetails }) {
  const t = useTranslate(taskMessages);
  const { locale } = usePreferences();
  const { user } = useViewer();
  const { state, assignee, completedAt } = task;
  if (state === 'COMPLETED') {
    const by = actorWords(task.completedBy ?? 'System', locale);
    return (
      <Notice
        tone="success"
        title={t('alreadyDone')}
        fix={t('doneBy', { name: by, at: completedAt ? formatDateTime(completedAt, locale) : '' })}
      />
    );
  }
  if (state === 'CANCELLED') return <Notice tone="neutral" title={t('cancelled')} />;
  if (assignee && assignee.id !== user.id) {
    return (
      <Notice tone="warning" title={t('takenByOther', { name: assignee.name })} fix={t('takenByOtherFix')} />
    );
  }
  if (!task.allowedActions.includes('COMPLETE')) return <Notice tone="neutral" title={t('notAllowed')} />;
  return <TaskForm task={task} />;
}

const NO_FIELDS: FormSchema = { type: 'object', properties: {} };

function TaskForm({ task }: { readonly task: TaskDetails }) {
  const t = useTranslate(taskMessages);
  const { locale } = usePreferences();
  const { user } = useViewer();
  const { run } = useMutation(completeTask);
  const [problem, setProblem] = useState<Problem | null>(null);
  const schema = (task.form ?? NO_FIELDS) as FormSchema;
  const draft = useMemo(() => taskDraft(sessionStorage, user.id, task.id), [user.id, task.id]);
  const [value] = useState(() =>
    initialAnswer(Object.keys(schema.properties), task.initialValues, draft.read()),
  );

  const errors = useMemo(
    () => (problem?.field ? { [problem.field]: problemWords(problem, locale).message } : undefined),
    [problem, locale],
  );

  async function submit(variables: FormValue) {
    setProblem(null);
    const answer = await run({ taskId: task.id, variables });
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    draft.clear();
    const { order } = answer.value;
    toast({
      tone: 'success',
      title: t('completed', { task: task.name }),
      ...(order && {
        description: t('completedOrder', { number: order.number }),
        link: { href: `/orders/${order.number}`, label: t('openOrder', { number: order.number }) },
      }),
    });
    await router.navigate({ to: '/tasks' });
  }

  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {Object.keys(schema.properties).length === 0 && <p className="text-text-muted">{t('nothingToFill')}</p>}
      <SchemaForm
        schema={schema}
        value={value}
        onChange={draft.write}
        onSubmit={submit}
        submitLabel={t('submit')}
        {...(errors && { errors })}
      />
    </>
  );
}

function OrderSummary({ order }: { readonly order: NonNullable<TaskDetails['order']> }) {
  const t = useTranslate(taskMessages);
  const tOrder = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const { shipTo, total } = order;
  const columns = lineColumns<(typeof order.lines)[number]>(tOrder, locale);
  return (
    <Section
      title={t('order')}
      actions={<Link href={`/orders/${order.number}`}>{t('openOrder', { number: order.number })}</Link>}
    >
      <div className="flex flex-col gap-4">
        <Facts
          facts={[
            { label: t('customer'), value: order.customer.name },
            { label: t('poNumber'), value: order.poNumber },
            { label: t('total'), value: formatMoney(total.amount, total.currency, locale) },
            ...(order.requestedDeliveryOn
              ? [{ label: t('requestedOn'), value: formatDate(order.requestedDeliveryOn, locale) }]
              : []),
            ...(shipTo ? [{ label: t('shipTo'), value: <PostalAddress address={shipTo} /> }] : []),
          ]}
        />
        <div className="-mx-4 -mb-4 border-t border-line">
          <Table
            label={t('lines')}
            rows={order.lines}
            rowKey={({ id }) => id}
            columns={[columns.item, columns.ordered, columns.total]}
          />
        </div>
      </div>
    </Section>
  );
}
