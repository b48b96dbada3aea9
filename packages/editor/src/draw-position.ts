import type { DiagramShape } from '@orderloom/bpmn';
import type { LivePosition, LiveState } from './live-position.ts';
import { at, svg, type SvgNode } from './svg-node.ts';

/**
 * A live state is an outline around the shape and a badge on it, with a colour, a line and a sign of its
 * own, so that none depends on colour. They are drawn apart because boundary events lie between them.
 */
export function drawLiveOutline(shape: DiagramShape, { state }: LivePosition): SvgNode {
  const { x, y } = shape.bounds;
  return svg('g', { class: `bpmn-live-${state}` }, at(x, y, 1, outline(shape, 0, 'bpmn-live-outline')));
}

export function drawLiveBadge(shape: DiagramShape, { state, count }: LivePosition): SvgNode {
  const { x, y, width } = shape.bounds;
  // Round and pointed shapes have no corner: their badge sits on the outline, clear of a name above them.
  const inset = shape.type === 'event' ? width * 0.13 : shape.type === 'gateway' ? width * 0.2 : 0;
  return svg(
    'g',
    { class: `bpmn-live-${state}` },
    at(x + width - inset, y + inset, 1, ...stateBadge(state, count)),
  );
}

/** The line around a shape, `grown` outwards: the same for a live state, a selection and the focus. */
export function outline(
  { type, bounds: { width, height } }: DiagramShape,
  grown: number,
  style: string,
): SvgNode {
  if (type === 'event') {
    const [cx, cy] = [width / 2, height / 2];
    return svg('circle', { class: style, cx, cy, r: Math.min(cx, cy) + grown });
  }
  if (type === 'gateway') {
    const [cx, cy] = [width / 2, height / 2];
    // The tips of a diamond move out by more than its sides do.
    const out = grown * Math.SQRT2;
    return svg('polygon', {
      class: style,
      points: `${cx},${-out} ${width + out},${cy} ${cx},${height + out} ${-out},${cy}`,
    });
  }
  const rounded = type === 'task' || type === 'subProcess' || type === 'callActivity';
  return svg('rect', {
    class: style,
    x: -grown,
    y: -grown,
    width: width + 2 * grown,
    height: height + 2 * grown,
    rx: rounded ? Math.min(10, height / 4) + grown : grown,
  });
}

/** A sign of 18 by 18 around (0, 0): tokens with their number, a check, a warning triangle, a stroke. */
export function stateBadge(state: LiveState, count: number): readonly SvgNode[] {
  switch (state) {
    case 'active': {
      const number = count > 99 ? '99+' : String(count);
      const width = Math.max(18, 10 + number.length * 7);
      return [
        svg('rect', { class: 'bpmn-badge', x: -width / 2, y: -9, width, height: 18, rx: 9 }),
        svg('text', { class: 'bpmn-badge-text', x: 0, y: 4 }, number),
      ];
    }
    case 'completed':
      return [
        svg('circle', { class: 'bpmn-badge', cx: 0, cy: 0, r: 9 }),
        svg('path', { class: 'bpmn-badge-line', d: 'M-4 .2l2.8 2.8L4.2-3' }),
      ];
    case 'incident':
      return [
        svg('path', { class: 'bpmn-badge', d: 'M0-11L11.5 9H-11.5z' }),
        svg('path', { class: 'bpmn-badge-line', d: 'M0-4.5V2 M0 5.2v.3' }),
      ];
    default:
      return [
        svg('rect', { class: 'bpmn-badge', x: -9, y: -9, width: 18, height: 18, rx: 4 }),
        svg('path', { class: 'bpmn-badge-line', d: 'M-4-4l8 8 M4-4l-8 8' }),
      ];
  }
}
