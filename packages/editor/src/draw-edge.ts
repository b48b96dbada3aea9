import type { DiagramEdge, Point } from '@orderloom/bpmn';
import { lines, type DrawingText } from './draw-shape.ts';
import { round, svg, type SvgNode } from './svg-node.ts';
import { LINE_HEIGHT, wrapText } from './text-layout.ts';

const ARROW = 9;
const BEND = 6;
const LABEL_WIDTH = 96;

/** A flow or association with its marks and name, in coordinates of the plane. */
export function drawEdge(edge: DiagramEdge, isTaken: boolean, text: DrawingText): SvgNode {
  const points = edge.waypoints;
  const style = `bpmn-edge-${edge.kind}${isTaken ? ' bpmn-taken' : ''}`;
  return svg(
    'g',
    { class: style },
    svg('path', { class: 'bpmn-line', d: roundedPath(points) }),
    ...marksOf(edge),
    ...label(edge, text),
  );
}

function marksOf(edge: DiagramEdge): readonly SvgNode[] {
  const start = { tip: edge.waypoints[0] as Point, toward: edge.waypoints[1] as Point };
  const end = { tip: edge.waypoints.at(-1) as Point, toward: edge.waypoints.at(-2) as Point };
  switch (edge.kind) {
    case 'sequence':
      return [
        arrow(end, 'bpmn-mark-solid', true),
        ...(edge.isDefault ? [slash(start)] : []),
        ...(edge.isConditional ? [diamond(start)] : []),
      ];
    case 'message':
      return [
        arrow(end, 'bpmn-mark-open', true),
        svg('circle', { class: 'bpmn-mark-open', cx: start.tip.x, cy: start.tip.y, r: 4 }),
        ...(edge.message ? [envelope(midpoint(edge.waypoints), edge.message === 'nonInitiating')] : []),
      ];
    case 'association':
    case 'data':
      return [
        ...(edge.direction === 'none' ? [] : [arrow(end, 'bpmn-mark-line', false)]),
        ...(edge.direction === 'both' ? [arrow(start, 'bpmn-mark-line', false)] : []),
      ];
    default:
      return [];
  }
}

interface End {
  readonly tip: Point;
  /** The next point of the line, which gives the end its direction. */
  readonly toward: Point;
}

/** A point `along` the line from the tip and `across` it. */
function offset({ tip, toward }: End, along: number, across: number): Point {
  const length = Math.hypot(toward.x - tip.x, toward.y - tip.y) || 1;
  const [dx, dy] = [(toward.x - tip.x) / length, (toward.y - tip.y) / length];
  return { x: round(tip.x + dx * along - dy * across), y: round(tip.y + dy * along + dx * across) };
}

const path = (points: readonly Point[]): string => `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`;

function arrow(end: End, style: string, isClosed: boolean): SvgNode {
  const points = [offset(end, ARROW, -ARROW * 0.45), end.tip, offset(end, ARROW, ARROW * 0.45)];
  return svg('path', { class: style, d: path(points) + (isClosed ? 'z' : '') });
}

function slash(end: End): SvgNode {
  return svg('path', { class: 'bpmn-mark-line', d: path([offset(end, 6, 5), offset(end, 14, -5)]) });
}

function diamond(end: End): SvgNode {
  const points = [end.tip, offset(end, 8, 5), offset(end, 16, 0), offset(end, 8, -5)];
  return svg('path', { class: 'bpmn-mark-open', d: `${path(points)}z` });
}

function envelope({ x, y }: Point, isShaded: boolean): SvgNode {
  const [left, top] = [round(x - 11), round(y - 7)];
  return svg('path', {
    class: isShaded ? 'bpmn-mark-open bpmn-shaded' : 'bpmn-mark-open',
    d: `M${left} ${top}h22v14h-22zM${left} ${top}l11 8 11-8`,
  });
}

/** The line through the points with softened bends. */
function roundedPath(points: readonly Point[]): string {
  const parts = points.map((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before) return `M${point.x} ${point.y}`;
    if (!after) return `L${point.x} ${point.y}`;
    const radius = Math.min(BEND, distance(before, point) / 2, distance(point, after) / 2);
    const from = offset({ tip: point, toward: before }, radius, 0);
    const to = offset({ tip: point, toward: after }, radius, 0);
    return `L${from.x} ${from.y}Q${point.x} ${point.y} ${to.x} ${to.y}`;
  });
  return parts.join('');
}

function label(edge: DiagramEdge, { nameOf, measure }: DrawingText): readonly SvgNode[] {
  const name = nameOf(edge);
  if (name === '') return [];
  const wrapped = wrapText(name, Math.max(LABEL_WIDTH, edge.labelBounds?.width ?? 0), 3, measure);
  const height = wrapped.length * LINE_HEIGHT;
  if (edge.labelBounds) {
    const { x, y, width } = edge.labelBounds;
    return lines(wrapped, x + width / 2, y + height / 2, 'middle', 'bpmn-label');
  }
  const { x, y } = midpoint(edge.waypoints);
  return lines(wrapped, x, y - height / 2 - 2, 'middle', 'bpmn-label');
}

/** Halfway along the line. */
function midpoint(points: readonly Point[]): Point {
  const segments = points.slice(1).map((to, index) => ({ from: points[index] as Point, to }));
  let left = segments.reduce((sum, { from, to }) => sum + distance(from, to), 0) / 2;
  for (const { from, to } of segments) {
    const length = distance(from, to);
    if (left <= length) return offset({ tip: from, toward: to }, left, 0);
    left -= length;
  }
  return points[0] as Point;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
