import type { Bounds, DiagramPlane } from '@orderloom/bpmn';

/** The smallest box around everything drawn, labels too. */
export function planeBounds({ shapes, edges }: DiagramPlane): Bounds {
  const boxes = [
    ...shapes.map(({ bounds }) => bounds),
    ...[...shapes, ...edges].flatMap(({ labelBounds }) => labelBounds ?? []),
    ...edges.flatMap(({ waypoints }) => waypoints.map((point) => ({ ...point, width: 0, height: 0 }))),
  ];
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Space kept around the drawing at its edges, in pixels of the screen. */
const EDGE = 24;

/** The view that has `focus` in its middle, but shows no emptiness beyond the drawing where it can show drawing. */
export function viewportAround(focus: Bounds, drawing: Bounds, extent: Extent, zoom: number): Viewport {
  return {
    x: shift(focus.x + focus.width / 2, drawing.x, drawing.width, extent.width, zoom),
    y: shift(focus.y + focus.height / 2, drawing.y, drawing.height, extent.height, zoom),
    zoom,
  };
}

function shift(middle: number, start: number, length: number, room: number, zoom: number): number {
  const centred = room / 2 - middle * zoom;
  const atStart = EDGE - start * zoom;
  const atEnd = room - EDGE - (start + length) * zoom;
  // A drawing smaller than the view is centred as a whole.
  if (atEnd > atStart) return (atStart + atEnd) / 2;
  return Math.min(atStart, Math.max(atEnd, centred));
}

export function isInView({ x, y, width, height }: Bounds, view: Viewport, extent: Extent): boolean {
  const left = x * view.zoom + view.x;
  const top = y * view.zoom + view.y;
  return (
    left >= 0 &&
    top >= 0 &&
    left + width * view.zoom <= extent.width &&
    top + height * view.zoom <= extent.height
  );
}
