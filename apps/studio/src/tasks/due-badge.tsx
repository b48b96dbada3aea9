import { Badge, formatRelative, usePreferences, useTranslate } from '@orderloom/ui';
import { Clock, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useInterval } from '../use-interval.ts';
import { taskMessages } from './messages.ts';

/** When something is due, and loudly that it is overdue; keeps up with the clock. */
export function DueBadge({ dueAt }: { readonly dueAt: string }) {
  const t = useTranslate(taskMessages);
  const { locale } = usePreferences();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), 30_000);
  const isOverdue = new Date(dueAt) < now;
  const when = formatRelative(dueAt, locale, now);
  return (
    <Badge tone={isOverdue ? 'danger' : 'neutral'} icon={isOverdue ? TriangleAlert : Clock}>
      {t(isOverdue ? 'overdue' : 'due', { when })}
    </Badge>
  );
}
