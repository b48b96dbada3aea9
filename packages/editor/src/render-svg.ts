import type { DiagramPlane } from '@orderloom/bpmn';
import type { Locale } from '@orderloom/ui/i18n';
import { drawEdge } from './draw-edge.ts';
import { drawPosition } from './draw-position.ts';
import { drawShape, type DrawingText } from './draw-shape.ts';
import { nameIn } from './element-words.ts';
import { positionsByElement, type LivePosition } from './live-position.ts';
import { planeBounds } from './plane-bounds.ts';
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
  const layers = [
    ...plane.shapes
      .filter(isContainer)
      .map((shape) => at(shape.bounds.x, shape.bounds.y, 1, drawShape(shape, text))),
    ...plane.edges.map((edge) => drawEdge(edge, taken.has(edge.elementId), text)),
    ...plane.shapes
      .filter((shape) => !isContainer(shape))
      .map((shape) => at(shape.bounds.x, shape.bounds.y, 1, drawShape(shape, text))),
    ...plane.shapes.flatMap((shape) => {
      const position = live.get(shape.elementId);
      return position ? [drawPosition(shape, position)] : [];
    }),
  ];
  const { x, y, width, height } = planeBounds(plane);
  const viewBox = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].map(round).join(' ');
  const css = style === '' ? '' : `<style>${style.replaceAll('<', '\\3c ')}</style>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="notation" viewBox="${viewBox}">${css}${layers.map(svgText).join('')}</svg>`;
}

/** What flows run over: pools, lanes and opened sub-processes. */
export function isContainer(shape: DiagramPlane['shapes'][number]): boolean {
  if (shape.type === 'participant' || shape.type === 'lane') return true;
  return (shape.type === 'subProcess' || shape.type === 'callActivity') && shape.isExpanded;
}
