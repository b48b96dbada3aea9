import type { DiagramPlane, DiagramShape, DiagramWords } from '@orderloom/bpmn';
import { translator, type Locale, type Translate } from '@orderloom/ui/i18n';
import type { LivePosition } from './live-position.ts';
import { editorMessages, type EditorMessageId } from './messages/index.ts';

/** The name in the reader's language where the process has one, else the name as drawn. */
export function nameIn(words: Pick<DiagramWords, 'name' | 'labels'>, locale: Locale): string {
  const tag = Object.keys(words.labels ?? {}).find((language) => language.split('-', 1)[0] === locale);
  return (tag === undefined ? undefined : words.labels?.[tag]) ?? words.name;
}

/** `waiting now`, `2 waiting now`, `done`, with the note when there is one. */
export function stateWords(position: LivePosition, locale: Locale): string {
  const t = translator(editorMessages, locale);
  const words = {
    active: () => t('stateActive', { count: position.count }),
    completed: () => t('stateCompleted'),
    incident: () => t('stateIncident'),
    cancelled: () => t('stateCancelled'),
  };
  return joined([words[position.state](), position.note], locale);
}

/** What a shape is in words: `User task`, `Timer boundary event`. */
export function kindWords(shape: DiagramShape, locale: Locale): string {
  const t = translator(editorMessages, locale);
  switch (shape.type) {
    case 'event': {
      const { trigger, position } = shape;
      return t(`${position}Event`, { trigger, triggerName: t(`trigger_${trigger}`) });
    }
    case 'gateway':
      return t(`gateway_${shape.gateway}`);
    case 'task':
      return t(`task_${shape.task}`);
    case 'subProcess':
      return t(`subProcess_${shape.variant}`);
    case 'data':
      return t(`data_${shape.data}`);
    default:
      return t(shape.type);
  }
}

/**
 * The whole of a shape in one line, as a screen reader says it:
 * `User task Pick goods, lane Warehouse, waiting now`.
 */
export function accessibleName(
  shape: DiagramShape,
  plane: DiagramPlane,
  position: LivePosition | undefined,
  locale: Locale,
): string {
  const t = translator(editorMessages, locale);
  const nameOf = (id: string | undefined) => {
    const found = plane.shapes.find(({ elementId }) => elementId === id);
    return found && nameIn(found, locale);
  };
  const host = shape.type === 'event' ? nameOf(shape.attachedTo) : undefined;
  const lane = nameOf(shape.laneId);
  const pool = shape.type === 'lane' ? nameOf(shape.parentId) : undefined;
  return joined(
    [
      `${kindWords(shape, locale)} ${nameIn(shape, locale)}`.trim(),
      ...manner(shape, t),
      host && t('onActivity', { activity: host }),
      lane && t('inLane', { lane }),
      pool && t('inPool', { pool }),
      position && stateWords(position, locale),
    ],
    locale,
  );
}

function manner(shape: DiagramShape, t: Translate<EditorMessageId>): readonly string[] {
  if (shape.type !== 'task' && shape.type !== 'subProcess' && shape.type !== 'callActivity') return [];
  return [
    ...(shape.loop === 'none' ? [] : [t(`loop_${shape.loop}`)]),
    ...(shape.type === 'subProcess' && !shape.isExpanded ? [t('collapsed')] : []),
  ];
}

function joined(parts: readonly (string | undefined)[], locale: Locale): string {
  return parts.filter((part) => part !== undefined && part !== '').join(locale === 'zh' ? '，' : ', ');
}
