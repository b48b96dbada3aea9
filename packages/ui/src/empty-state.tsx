import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly description?: string;
  /** The button or link that starts work. */
  readonly action?: ReactNode;
}

/** Nothing here yet: says what will be, and starts it. */
export function EmptyState({ icon: Icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Icon aria-hidden className="size-7 text-text-muted" strokeWidth={1.5} />
      <p className="text-base font-semibold">{title}</p>
      {description && <p className="max-w-prose text-sm text-text-muted">{description}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
