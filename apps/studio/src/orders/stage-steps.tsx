import { useTranslate } from '@orderloom/ui';
import { Check, X } from 'lucide-react';
import { orderMessages } from './messages.ts';
import { stageProgress, type StageProgress, type StageState } from './stages.ts';

export interface StageStepsProps {
  /** The stage the order is in, as the drawing names it. */
  readonly reached: string | null;
  readonly hasEnded: boolean;
  readonly isCancelled: boolean;
}

const BAR: Readonly<Record<StageState, string>> = {
  done: 'bg-accent-fill',
  current: 'bg-accent-fill',
  stopped: 'bg-danger-fill',
  ahead: 'bg-line',
};

/** How far the order is on its way through the eight stages. */
export function StageSteps({ reached, ...order }: StageStepsProps) {
  const t = useTranslate(orderMessages);
  const stages = stageProgress(reached, order);
  if (!stages) return null;
  const here = stages.findIndex(({ state }) => state === 'current' || state === 'stopped');
  const at = stages[here] ?? stages.at(-1);
  return (
    <div className="flex flex-col gap-1.5">
      <ol aria-label={t('stages')} className="grid grid-cols-8 gap-1 sm:gap-1.5">
        {stages.map((step) => (
          <Step key={step.stage} {...step} />
        ))}
      </ol>
      {at && (
        <p aria-hidden className="text-sm text-text-muted md:hidden">
          {t('stageOf', {
            stage: here < 0 ? stages.length : here + 1,
            count: stages.length,
            name: t(`stage_${at.stage}`),
          })}
        </p>
      )}
    </div>
  );
}

function Step({ stage, state }: StageProgress) {
  const t = useTranslate(orderMessages);
  const words = {
    done: t('stageDone'),
    current: t('stageCurrent'),
    stopped: t('stageStopped'),
    ahead: t('stageAhead'),
  }[state];
  const isHere = state === 'current' || state === 'stopped';
  return (
    <li aria-current={state === 'current' && 'step'} className="flex min-w-0 flex-col gap-1.5">
      <span
        aria-hidden
        className={`h-1.5 rounded-full ${BAR[state]} ${state === 'current' ? 'outline-2 outline-offset-1 outline-accent-soft' : ''} forced-colors:border`}
      />
      <span
        className={`flex items-start gap-1 text-xs max-md:sr-only ${isHere ? 'font-semibold text-text' : 'text-text-muted'}`}
      >
        {state === 'done' && <Check aria-hidden className="mt-px size-3.5 shrink-0 text-accent" />}
        {state === 'stopped' && <X aria-hidden className="mt-px size-3.5 shrink-0 text-danger" />}
        <span className="min-w-0">
          {t(`stage_${stage}`)}
          <span className="sr-only">: {words}</span>
        </span>
      </span>
    </li>
  );
}
