import { useChanges, useQuery, useViewer } from '@orderloom/client';
import {
  Button,
  Card,
  EmptyState,
  formatDateTime,
  formatMoney,
  Link,
  usePreferences,
  useTranslate,
} from '@orderloom/ui';
import { getRouteApi } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { actorWords } from '../actor-words.ts';
import { Answer } from '../answer.tsx';
import { roleWords } from '../role-words.ts';
import { StudioPage } from '../studio-page.tsx';
import { DueBadge } from './due-badge.tsx';
import { taskMessages } from './messages.ts';
import { tasksQuery, type TaskRow } from './task-queries.ts';
import { tasksChanged } from './tasks-changed.ts';
import { useTaskOwnership } from './use-task-ownership.ts';

/** As many as a person can see through, and as the server gives at once. */
const LIMIT = 100;

const route = getRouteApi('/tasks');

/** What waits for the viewer, the one that is due first first. */
export function TasksPage() {
  const t = useTranslate(taskMessages);
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const viewer = useViewer();
  const query = useQuery(tasksQuery, { first: LIMIT, state: show === 'done' ? 'COMPLETED' : 'OPEN' });
  useChanges(tasksChanged, {}, query.refresh);

  const count = query.data?.tasks.totalCount ?? 0;
  const isShown = ({ assignee }: TaskRow) => {
    if (show === 'mine') return assignee?.id === viewer.user.id;
    return show !== 'free' || assignee === null;
  };
  return (
    <StudioPage title={t('tasks')} subtitle={show !== 'done' && count > 0 && t('tasksCount', { count })}>
      <ToggleButtonGroup
        aria-label={t('filter')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[show ?? 'open']}
        onSelectionChange={([chosen]) =>
          void navigate({
            search: chosen === 'mine' || chosen === 'free' || chosen === 'done' ? { show: chosen } : {},
            replace: true,
          })
        }
        className="flex w-fit max-w-full overflow-x-auto rounded-md border border-line-strong bg-surface"
      >
        {(['open', 'free', 'mine', 'done'] as const).map((id) => (
          <ToggleButton
            key={id}
            id={id}
            className="h-8 border-line-strong px-3 text-sm font-medium whitespace-nowrap text-text-muted -outline-offset-2 not-first:border-s data-hovered:bg-hover data-selected:bg-accent-soft data-selected:text-accent"
          >
            {t(FILTER_WORDS[id])}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <Answer query={query}>
        {({ tasks }) => {
          const shown = tasks.nodes.filter(isShown);
          return (
            <Card hasPadding={false}>
              {shown.length === 0 ? (
                <EmptyState
                  icon={ListChecks}
                  title={t(show ? 'noMatch' : 'noTasks')}
                  description={t(show ? 'noMatchText' : 'noTasksText')}
                />
              ) : (
                <ul aria-label={t('tasks')} className="flex flex-col divide-y divide-line">
                  {shown.map((task) => (
                    <TaskItem key={task.id} task={task} />
                  ))}
                </ul>
              )}
            </Card>
          );
        }}
      </Answer>
    </StudioPage>
  );
}

const FILTER_WORDS = { open: 'showOpen', free: 'showFree', mine: 'showMine', done: 'showDone' } as const;

function TaskItem({ task }: { readonly task: TaskRow }) {
  const t = useTranslate(taskMessages);
  const { locale } = usePreferences();
  const { user } = useViewer();
  const { claim, release, isPending } = useTaskOwnership();
  const { id, name, order, dueAt, state, assignee, allowedActions } = task;
  const isMine = assignee?.id === user.id;
  const named = { task: name, order: order?.number ?? '' };
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base font-medium">
          <Link href={`/tasks/${id}`}>{name}</Link>
          {state === 'OPEN' && dueAt && <DueBadge dueAt={dueAt} />}
        </span>
        {order && (
          <span className="text-text-muted">
            {t('orderOf', { number: order.number })} · {order.customer.name} ·{' '}
            {formatMoney(order.total.amount, order.total.currency, locale)}
          </span>
        )}
      </div>
      <span className="text-text-muted max-sm:flex-1">{ownerWords()}</span>
      {state === 'OPEN' && isMine && allowedActions.includes('RELEASE') && (
        <Button isPending={isPending} aria-label={t('releaseOf', named)} onPress={() => void release(task)}>
          {t('release')}
        </Button>
      )}
      {state === 'OPEN' && assignee === null && allowedActions.includes('CLAIM') && (
        <Button isPending={isPending} aria-label={t('claimOf', named)} onPress={() => void claim(task)}>
          {t('claim')}
        </Button>
      )}
    </li>
  );

  function ownerWords(): string {
    if (task.completedAt) {
      const by = actorWords(task.completedBy ?? 'System', locale);
      return t('doneBy', { name: by, at: formatDateTime(task.completedAt, locale) });
    }
    if (isMine) return t('takenByMe');
    if (assignee) return t('takenBy', { name: assignee.name });
    return t('forRoles', {
      roles: task.candidateGroups.map((role) => roleWords(role, locale)).join(', '),
    });
  }
}
