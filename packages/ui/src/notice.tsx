import type { ReactNode } from 'react';
import { TONE_CLASS, TONE_ICON, type Tone } from './tone.ts';

export interface NoticeProps {
  readonly tone: Tone;
  /** What happened, in one sentence. */
  readonly title: string;
  /** The stable error code, for support and search. */
  readonly code?: string | undefined;
  /** What the reader can do about it. */
  readonly fix?: string | undefined;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** Something the reader must know on this page; danger and warning are said at once by screen readers. */
export function Notice({ tone, title, code, fix, action, children }: NoticeProps) {
  const Icon = TONE_ICON[tone];
  return (
    <div
      role={tone === 'danger' || tone === 'warning' ? 'alert' : 'note'}
      className={`flex items-start gap-3 rounded-lg p-3 ${TONE_CLASS[tone]} forced-colors:border`}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 text-sm text-text">
        <p className="font-semibold break-words">{title}</p>
        {fix && <p className="break-words">{fix}</p>}
        {children}
        {code && <p className="mt-1 font-mono text-xs text-text-muted select-all">{code}</p>}
      </div>
      {action}
    </div>
  );
}
