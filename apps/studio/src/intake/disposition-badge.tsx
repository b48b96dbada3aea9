import { Badge, useTranslate, type Tone } from '@orderloom/ui';
import type { Disposition } from './intake-queries.ts';
import { intakeMessages } from './messages.ts';

const DISPOSITION_TONE: Readonly<Record<Disposition, Tone>> = {
  ACCEPTED: 'success',
  EXCEPTIONS: 'warning',
  DUPLICATE: 'neutral',
  REJECTED: 'danger',
  MIXED: 'warning',
};

/** What became of a document. */
export function DispositionBadge({ disposition }: { readonly disposition: Disposition }) {
  const t = useTranslate(intakeMessages);
  return <Badge tone={DISPOSITION_TONE[disposition]}>{t(`disposition_${disposition}`)}</Badge>;
}
