import { Badge, useTranslate } from '@orderloom/ui';
import { orderMessages } from './messages.ts';
import { orderStateTone, orderStateWords } from './order-state.ts';

export function OrderStateBadge({ state }: { readonly state: string }) {
  const t = useTranslate(orderMessages);
  return <Badge tone={orderStateTone(state)}>{orderStateWords(state, t)}</Badge>;
}
