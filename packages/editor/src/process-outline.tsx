import type { Diagram, DiagramPlane, DiagramShape } from '@orderloom/bpmn';
import { translator, type Locale } from '@orderloom/ui/i18n';
import { useMemo } from 'react';
import { StateSign } from './diagram-legend.tsx';
import { kindWords, nameIn, stateWords } from './element-words.ts';
import { flowOrderOf } from './flow-order.ts';
import { positionsByElement, type LivePosition } from './live-position.ts';
import { editorMessages } from './messages/index.ts';

export interface ProcessOutlineProps {
  readonly diagram: Diagram;
  readonly positions: readonly LivePosition[];
  readonly selectedElementId?: string | null;
  readonly onSelect?: (elementId: string | null) => void;
  readonly locale: Locale;
}

/** The same process as a list in flow order, for phones, screen readers and those who would rather read. */
export function ProcessOutline({
  diagram,
  positions,
  selectedElementId,
  onSelect,
  locale,
}: ProcessOutlineProps) {
  const t = translator(editorMessages, locale);
  const live = useMemo(() => positionsByElement(positions), [positions]);
  return (
    <div className="flex flex-col gap-3">
      {diagram.planes.map((plane, index) => (
        <PlaneSteps
          key={plane.elementId}
          plane={plane}
          label={diagram.planes.length > 1 ? plane.name || String(index + 1) : t('outline')}
          {...{ live, selectedElementId, onSelect, locale }}
        />
      ))}
    </div>
  );
}

interface PlaneStepsProps {
  readonly plane: DiagramPlane;
  readonly label: string;
  readonly live: ReadonlyMap<string, LivePosition>;
  readonly selectedElementId: string | null | undefined;
  readonly onSelect: ((elementId: string | null) => void) | undefined;
  readonly locale: Locale;
}

function PlaneSteps({ plane, label, live, selectedElementId, onSelect, locale }: PlaneStepsProps) {
  const { steps } = useMemo(() => flowOrderOf(plane), [plane]);
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map(({ shape, depth }) => {
        const position = live.get(shape.elementId);
        const kind = kindInOutline(shape, plane, locale);
        const name = nameIn(shape, locale);
        return (
          <li key={shape.elementId} style={{ paddingInlineStart: `${depth * 1.25}rem` }}>
            <button
              type="button"
              aria-pressed={shape.elementId === selectedElementId}
              onClick={() => onSelect?.(shape.elementId)}
              className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-start text-sm -outline-offset-2 hover:bg-hover aria-pressed:bg-accent-soft"
            >
              <span className="flex size-5 shrink-0 items-center justify-center">
                {position ? (
                  <StateSign state={position.state} count={position.count} />
                ) : (
                  <span aria-hidden className="size-1.5 rounded-full bg-line-strong" />
                )}
              </span>
              <span className="min-w-0 flex-1 break-words">
                {name || kind}
                {name && <span className="ms-2 text-xs text-text-muted">{kind}</span>}
              </span>
              {position && (
                <span className="shrink-0 text-xs text-text-muted">{stateWords(position, locale)}</span>
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** The kind, and for a boundary event whose it is: in a list it may stand far from its activity. */
function kindInOutline(shape: DiagramShape, plane: DiagramPlane, locale: Locale): string {
  const kind = kindWords(shape, locale);
  const host = shape.type === 'event' && plane.shapes.find(({ elementId }) => elementId === shape.attachedTo);
  if (!host) return kind;
  return `${kind} · ${translator(editorMessages, locale)('onActivity', { activity: nameIn(host, locale) })}`;
}
