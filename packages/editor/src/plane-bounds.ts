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
