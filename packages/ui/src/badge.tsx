import type { LucideIcon } from 'lucide-react';
import { TONE_CLASS, TONE_ICON, type Tone } from './tone.ts';

export interface BadgeProps {
  readonly tone: Tone;
  /** The state in words; colour and icon only repeat it. */
  readonly children: string;
  readonly icon?: LucideIcon;
}

/** A state: icon, words and colour together. */
export function Badge({ tone, icon, children }: BadgeProps) {
  const Icon = icon ?? TONE_ICON[tone];
  return (
    <span
      className={`inline-flex h-5 items-center gap-1 rounded-sm px-1.5 align-middle text-xs font-medium whitespace-nowrap ${TONE_CLASS[tone]} forced-colors:border`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {children}
    </span>
  );
}
