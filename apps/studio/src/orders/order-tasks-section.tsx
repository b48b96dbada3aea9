import { Link, Section, usePreferences, useTranslate } from '@orderloom/ui';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { actorWords } from '../actor-words.ts';
import { roleWords } from '../role-words.ts';
import { DueBadge } from '../tasks/due-badge.tsx';
import { orderMessages } from './messages.ts';
import type { OrderDetails } from './order-queries.ts';

/** What people have to do for the order, and what they did. */
export function OrderTasksSection({ tasks }: Pick<OrderDetails, 'tasks'>) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const shown = tasks.filter(({ state }) => state !== 'CANCELLED');
  return (
    <Section title={t('tasks')}>
      {shown.length === 0 && <p className="text-text-muted">{t('noTasks')}</p>}
      <ul className="flex flex-col gap-3">
        {shown.map(({ id, name, state, dueAt, assignee, candidateGroups, completedBy }) => {
          const isOpen = state === 'OPEN';
          const Icon = isOpen ? CircleDashed : CircleCheck;
          const groups = candidateGroups.map((role) => roleWords(role, locale)).join(', ');
          return (
            <li key={id} className="flex items-start gap-2.5">
              <Icon
                aria-hidden
                className={`mt-0.5 size-4 shrink-0 ${isOpen ? 'text-accent' : 'text-success'}`}
              />
              <div className="flex min-w-0 flex-1 flex-col gap-0.5">
                <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                  <Link href={`/tasks/${id}`}>{name}</Link>
                  {isOpen && dueAt && <DueBadge dueAt={dueAt} />}
                </span>
                <span className="text-xs text-text-muted">
                  {isOpen
                    ? (assignee?.name ?? groups)
                    : t('taskDoneBy', { who: actorWords(completedBy ?? 'System', locale) })}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
