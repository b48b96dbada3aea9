import { CircleAlert, CircleCheck, CircleDot, Info, TriangleAlert, type LucideIcon } from 'lucide-react';

/** What a state means; colour, icon and words always go together. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

export const TONE_ICON: Readonly<Record<Tone, LucideIcon>> = {
  neutral: Info,
  accent: CircleDot,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
};

/** Text and tint of a tone; class names are whole words so that Tailwind finds them. */
export const TONE_CLASS: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-text-muted',
  accent: 'bg-accent-soft text-accent',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};
