/** The stages of the order process, as `orderloom:stage` names them in the drawing. */
export const STAGES = [
  'placed',
  'reviewed',
  'reserved',
  'picked',
  'packed',
  'shipped',
  'delivered',
  'after-sales',
] as const;

export type Stage = (typeof STAGES)[number];
export type StageState = 'done' | 'current' | 'stopped' | 'ahead';

export interface StageProgress {
  readonly stage: Stage;
  readonly state: StageState;
}

/**
 * How far an order is: the stage it is in, those behind it and those ahead. A process that ran to its end has
 * them all behind it; one that was cut off stopped in the stage it had reached. Null when the drawing names none
 * of these stages.
 */
export function stageProgress(
  reached: string | null,
  order: { readonly hasEnded: boolean; readonly isCancelled: boolean },
): readonly StageProgress[] | null {
  const current = STAGES.findIndex((stage) => stage === reached);
  if (current < 0) return null;
  const isWhole = order.hasEnded && !order.isCancelled;
  return STAGES.map((stage, index) => {
    if (isWhole || index < current) return { stage, state: 'done' };
    if (index > current) return { stage, state: 'ahead' };
    return { stage, state: order.isCancelled ? 'stopped' : 'current' };
  });
}
