import type { ReactNode } from 'react';

export interface PageProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** State of the thing shown, beside its title. */
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The heading of a route and its sections, one below the other. */
export function Page({ title, subtitle, badge, actions, children }: PageProps) {
  return (
    <div className="mx-auto flex w-full max-w-[88rem] flex-col gap-5 p-4 md:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold break-words">{title}</h1>
            {badge}
          </div>
          {subtitle && <div className="text-sm text-text-muted">{subtitle}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
