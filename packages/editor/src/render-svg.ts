import type { DiagramPlane, DiagramShape } from '@orderloom/bpmn';
import type { Locale } from '@orderloom/ui/i18n';
import { drawEdge } from './draw-edge.ts';
import { drawLiveBadge, drawLiveOutline } from './draw-position.ts';
import { drawShape, type DrawingText } from './draw-shape.ts';
import { nameIn } from './element-words.ts';
import { positionsByElement, type LivePosition } from './live-position.ts';
import { planeBounds } from './plane-view.ts';
import { at, round, svgText } from './svg-node.ts';
import { estimateTextWidth } from './text-layout.ts';

export interface SvgOptions {
  readonly locale?: Locale;
  readonly positions?: readonly LivePosition[];
  readonly takenFlows?: readonly string[];
  /** Style sheet put into the file, as `notation.css` of this package; without it the picture has no colours. */
  readonly style?: string;
}

const MARGIN = 24;

/** One drawing as an SVG file, by the same notation as the canvas. Runs anywhere, without a browser. */
export function renderDiagramSvg(plane: DiagramPlane, options: SvgOptions = {}): string {
  const { locale = 'en', positions = [], takenFlows = [], style = '' } = options;
  const text: DrawingText = { nameOf: (words) => nameIn(words, locale), measure: estimateTextWidth };
  const live = positionsByElement(positions);
  const taken = new Set(takenFlows);
  const placed = (shapes: readonly DiagramShape[]) =>
    shapes.map((shape) => at(shape.bounds.x, shape.bounds.y, 1, drawShape(shape, text)));
  const lived = (shapes: readonly DiagramShape[], draw: typeof drawLiveOutline) =>
    shapes.flatMap((shape) => {
      const position = live.get(shape.elementId);
      return position ? [draw(shape, position)] : [];
    });
  const boundaryEvents = plane.shapes.filter(isBoundaryEvent);
  const others = plane.shapes.filter((shape) => !isBoundaryEvent(shape));
  const layers = [
    ...placed(others.filter(isContainer)),
    ...plane.edges.map((edge) => drawEdge(edge, taken.has(edge.elementId), text)),
    ...placed(others.filter((shape) => !isContainer(shape))),
    ...lived(others, drawLiveOutline),
    ...placed(boundaryEvents),
    ...lived(boundaryEvents, drawLiveOutline),
    ...lived(plane.shapes, drawLiveBadge),
  ];
  const { x, y, width, height } = planeBounds(plane);
  const viewBox = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].map(round).join(' ');
  const css = style === '' ? '' : `<style>${style.replaceAll('<', '\\3c ')}</style>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="notation" viewBox="${viewBox}">${css}${layers.map(svgText).join('')}</svg>`;
}

/** What flows run over: pools, lanes and opened sub-processes. */
export function isContainer(shape: DiagramShape): boolean {
  if (shape.type === 'participant' || shape.type === 'lane') return true;
  return (shape.type === 'subProcess' || shape.type === 'callActivity') && shape.isExpanded;
}

/** What lies on the edge of an activity and must not be hidden by its live state. */
export function isBoundaryEvent(shape: DiagramShape): boolean {
  return shape.type === 'event' && shape.position === 'boundary';
}
