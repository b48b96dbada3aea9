import { translator, type Locale } from '@orderloom/ui/i18n';
import { stateBadge } from './draw-position.ts';
import type { LiveState } from './live-position.ts';
import { editorMessages, type EditorMessageId } from './messages/index.ts';
import { SvgElement } from './svg-element.tsx';
import { svg } from './svg-node.ts';

const STATES: readonly (readonly [LiveState, EditorMessageId])[] = [
  ['active', 'legendActive'],
  ['completed', 'legendCompleted'],
  ['incident', 'legendIncident'],
  ['cancelled', 'legendCancelled'],
];

/** What the signs over a diagram mean. */
export function DiagramLegend({ locale }: { readonly locale: Locale }) {
  const t = translator(editorMessages, locale);
  return (
    <ul
      aria-label={t('legend')}
      className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-3 py-2 text-xs text-text-muted"
    >
      {STATES.map(([state, label]) => (
        <li key={state} className="flex items-center gap-1.5">
          <StateSign state={state} />
          {t(label)}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <svg className="notation" width={22} height={10} aria-hidden>
          <SvgElement
            node={svg('g', { class: 'bpmn-taken' }, svg('path', { class: 'bpmn-line', d: 'M1 5H21' }))}
          />
        </svg>
        {t('legendTaken')}
      </li>
    </ul>
  );
}

/** The badge of a state, for legends and lists. */
export function StateSign({ state, count = 1 }: { readonly state: LiveState; readonly count?: number }) {
  return (
    <svg className="notation shrink-0" width={18} height={18} viewBox="-12 -12 24 24" aria-hidden>
      <SvgElement node={svg('g', { class: `bpmn-live-${state}` }, ...stateBadge(state, count))} />
    </svg>
  );
}
