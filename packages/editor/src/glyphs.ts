import type { EventTrigger, GatewayKind, TaskKind } from '@orderloom/bpmn';
import { round, svg, type SvgNode } from './svg-node.ts';

/**
 * The marks inside BPMN symbols (BPMN 2.0.2, 7.3, tables 7.1 and 7.2; events table 10.93), drawn for a
 * box of 24 by 24: outlines, filled shapes, and the heavy strokes of gateways and loop markers.
 */

function line(d: string): SvgNode {
  return svg('path', { class: 'bpmn-glyph-line', d });
}

function solid(d: string): SvgNode {
  return svg('path', { class: 'bpmn-glyph-solid', d });
}

function heavy(d: string): SvgNode {
  return svg('path', { class: 'bpmn-glyph-heavy', d });
}

const ENVELOPE = 'M3 6h18v12H3z M3 6.5l9 6.5 9-6.5';
/** The filled envelope keeps a gap for its flap, or it would be a plain block. */
const ENVELOPE_SOLID = 'M3 5h18l-9 6.6z M3 7.2l9 6.6 9-6.6V19H3z';
const REWIND = 'M12 6v12l-8.5-6z M20.5 6v12L12 12z';

const TASK_GLYPH: Readonly<Record<TaskKind, readonly SvgNode[]>> = {
  none: [],
  user: [line('M12 11.5a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4z M4 21c0-4.6 3.4-7 8-7s8 2.4 8 7z')],
  manual: [
    line(
      'M3 12.2l5.6-5.4c.7-.6 1.6-.9 2.5-.9h3.2a1.4 1.4 0 0 1 0 2.8h-3 8.4a1.4 1.4 0 0 1 0 2.8h-6 6.8a1.4 1.4 0 0 1 0 2.8h-6.8 5.6a1.4 1.4 0 0 1 0 2.8h-5.6 3.7a1.4 1.4 0 0 1 0 2.7H9.2a4 4 0 0 1-2.6-1L3 16.9z',
    ),
  ],
  service: [line(`${gear(12, 12, 8, 9.6, 7)} M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z`)],
  script: [
    line(
      'M8 3h12c-3.6 3-3.6 5.6-1.2 9s2.4 6-1.2 9h-12c3.6-3 3.6-5.6 1.2-9S4.4 6 8 3z M9 7.5h6 M9.5 12h6 M11 16.5h5.5',
    ),
  ],
  businessRule: [line('M3 5h18v14H3z M3 9.5h18 M9 9.5V19 M3 14.2h18'), solid('M3 5h18v4.5H3z')],
  send: [solid(ENVELOPE_SOLID)],
  receive: [line(ENVELOPE)],
  receiveStart: [
    line('M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21z M6 8.2h12v7.8H6z M6 8.6l6 4.3 6-4.3'),
  ],
};

/** The mark of a task kind at its top left corner. */
export function taskGlyph(kind: TaskKind): readonly SvgNode[] {
  return TASK_GLYPH[kind];
}

/** The mark inside an event; those of throwing events are filled, but for marks that have one form only. */
export function eventGlyph(trigger: EventTrigger, isThrowing: boolean): readonly SvgNode[] {
  const shape = EVENT_SHAPE[trigger];
  if (shape !== undefined) return [isThrowing ? solid(shape) : line(shape)];
  if (trigger === 'message') return [isThrowing ? solid(ENVELOPE_SOLID) : line(ENVELOPE)];
  if (trigger === 'timer') return [line(`${circle(9.5)} M12 6.5V12l4.2 2.8 ${dial()}`)];
  if (trigger === 'conditional') return [line('M5 3h14v18H5z M8 7.5h8 M8 10.5h8 M8 13.5h8 M8 16.5h8')];
  return trigger === 'terminate' ? [solid(circle(10))] : [];
}

const EVENT_SHAPE: Readonly<Partial<Record<EventTrigger, string>>> = {
  error: 'M3.5 20L9 4.5l5.5 8.2L20.5 4 15 19.2 9.6 11.5z',
  escalation: 'M12 3l7.5 18L12 13.8 4.5 21z',
  cancel: 'M6.2 3.5L12 9.3l5.8-5.8 2.7 2.7L14.7 12l5.8 5.8-2.7 2.7L12 14.7l-5.8 5.8-2.7-2.7L9.3 12 3.5 6.2z',
  compensation: REWIND,
  link: 'M3 9h10V4.5L21.5 12 13 19.5V15H3z',
  signal: 'M12 3.5l9.5 16h-19z',
  multiple: 'M12 3.2l8.8 6.4-3.4 10.4H6.6L3.2 9.6z',
  parallelMultiple: 'M9.7 3h4.6v6.7H21v4.6h-6.7V21H9.7v-6.7H3V9.7h6.7z',
};

/** The mark inside a gateway's diamond. */
export function gatewayGlyph(kind: GatewayKind): readonly SvgNode[] {
  return GATEWAY_GLYPH[kind];
}

const PENTAGON = 'M12 6.6l5.2 3.8-2 6.1H8.8l-2-6.1z';

const GATEWAY_GLYPH: Readonly<Record<GatewayKind, readonly SvgNode[]>> = {
  exclusive: [heavy('M6.5 5.5l11 13 M17.5 5.5l-11 13')],
  inclusive: [heavy(circle(8))],
  parallel: [heavy('M12 3v18 M3 12h18')],
  complex: [heavy('M12 3v18 M3 12h18 M5.6 5.6l12.8 12.8 M18.4 5.6L5.6 18.4')],
  eventBased: [line(`${circle(11)} ${circle(9)} ${PENTAGON}`)],
  eventBasedStart: [line(`${circle(11)} ${PENTAGON}`)],
  eventBasedParallelStart: [line(`${circle(11)} M10.5 6h3v4.5H18v3h-4.5V18h-3v-4.5H6v-3h4.5z`)],
};

export type ActivityMarker = 'standard' | 'parallel' | 'sequential' | 'compensation' | 'collapsed' | 'adHoc';

/** The marks at the bottom of an activity (BPMN 2.0.2, 10.3.5 and 10.3.8). */
export function markerGlyph(marker: ActivityMarker): readonly SvgNode[] {
  return MARKER_GLYPH[marker];
}

const MARKER_GLYPH: Readonly<Record<ActivityMarker, readonly SvgNode[]>> = {
  standard: [line('M9.5 20.2A8.6 8.6 0 1 1 15.6 19.8 M9.8 15.6v4.8H5')],
  parallel: [heavy('M6 3v18 M12 3v18 M18 3v18')],
  sequential: [heavy('M3 6h18 M3 12h18 M3 18h18')],
  compensation: [line(REWIND)],
  collapsed: [line('M2.5 2.5h19v19h-19z M12 6.5v11 M6.5 12h11')],
  adHoc: [
    solid(
      'M2.5 14.8c0-4.8 3-7.8 6.2-6 3 1.7 5 4 7.2 4 2 0 3.2-1.5 3.9-4.3h1.7c0 4.8-3 7.8-6.2 6-3-1.7-5-4-7.2-4-2 0-3.2 1.5-3.9 4.3z',
    ),
  ],
};

/** A circle around the middle of the box. */
function circle(radius: number): string {
  return `M12 ${12 - radius}a${radius} ${radius} 0 1 1 0 ${2 * radius} ${radius} ${radius} 0 0 1 0 ${-2 * radius}z`;
}

/** Twelve hours around a clock. */
function dial(): string {
  const marks = Array.from({ length: 12 }, (_, hour) => {
    const [sin, cos] = [Math.sin((hour * Math.PI) / 6), Math.cos((hour * Math.PI) / 6)];
    return `M${round(12 + 9.5 * sin)} ${round(12 - 9.5 * cos)}L${round(12 + 7.8 * sin)} ${round(12 - 7.8 * cos)}`;
  });
  return marks.join(' ');
}

/** The outline of a toothed wheel. */
function gear(cx: number, cy: number, inner: number, outer: number, teeth: number): string {
  const step = (2 * Math.PI) / teeth;
  const point = (radius: number, angle: number) =>
    `${round(cx + radius * Math.sin(angle))} ${round(cy - radius * Math.cos(angle))}`;
  const corners = Array.from({ length: teeth }, (_, tooth) => {
    const middle = tooth * step;
    return [
      point(inner, middle - step * 0.3),
      point(outer, middle - step * 0.17),
      point(outer, middle + step * 0.17),
      point(inner, middle + step * 0.3),
    ];
  });
  return `M${corners.flat().join('L')}z`;
}
