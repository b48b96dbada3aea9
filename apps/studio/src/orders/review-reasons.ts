import type { Locale } from '@orderloom/ui';

/** A reason as the review rules give it, in both languages. */
export interface ReviewReason {
  readonly reason: string;
  readonly reasonZh: string;
}

/** The reasons among the variables of a process or task; none when they are not there or not readable. */
export function reviewReasonsIn(variables: unknown): readonly ReviewReason[] {
  const { review } = (variables ?? {}) as { readonly review?: { readonly reasons?: unknown } | null };
  const reasons = review?.reasons;
  return Array.isArray(reasons) ? reasons.filter(isReviewReason) : [];
}

function isReviewReason(value: unknown): value is ReviewReason {
  const { reason, reasonZh } = (value ?? {}) as Partial<ReviewReason>;
  return typeof reason === 'string' && reason !== '' && typeof reasonZh === 'string';
}

/** A recorded text in the reader's language: the reasons in it are replaced by their translations. */
export function inLanguage(text: string, reasons: readonly ReviewReason[], locale: Locale): string {
  if (locale === 'en') return text;
  return reasons.reduce((told, { reason, reasonZh }) => told.replaceAll(reason, reasonZh), text);
}
