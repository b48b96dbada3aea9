import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDateTime, type Instant } from './format.ts';
import { usePreferences } from './preferences.ts';
import { TONE_CLASS, TONE_ICON, type Tone } from './tone.ts';

export interface TimelineEntry {
  readonly id: string;
  /** What happened. */
  readonly title: string;
  /** When it happened. */
  readonly at: Instant;
  /** A person, a rule, a plugin or a timer. */
  readonly who?: string | undefined;
  readonly why?: ReactNode;
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
}

export interface TimelineProps {
  readonly label: string;
  readonly entries: readonly TimelineEntry[];
}

/** What happened, by whom, when and why, in the order given. */
export function Timeline({ label, entries }: TimelineProps) {
  const { locale } = usePreferences();
  return (
    <ol aria-label={label} className="flex flex-col">
      {entries.map(({ id, title, at, who, why, tone = 'neutral', icon }, index) => {
        const Icon = icon ?? TONE_ICON[tone];
        const isLast = index === entries.length - 1;
        return (
          <li key={id} className="relative flex gap-3 pb-4 last:pb-0">
            {!isLast && <span aria-hidden className="absolute top-7 bottom-1 left-3 w-px bg-line" />}
            <span
              className={`flex size-6 shrink-0 items-center justify-center rounded-full ${TONE_CLASS[tone]} forced-colors:border`}
            >
              <Icon aria-hidden className="size-3.5" />
            </span>
            <div className="min-w-0 flex-1 pt-0.5">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className="text-sm font-medium break-words">{title}</span>
                <time
                  dateTime={typeof at === 'string' ? at : at.toISOString()}
                  className="text-xs whitespace-nowrap text-text-muted"
                >
                  {formatDateTime(at, locale)}
                </time>
              </div>
              {who && <p className="text-xs text-text-muted">{who}</p>}
              {why && <div className="mt-0.5 text-sm break-words">{why}</div>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
