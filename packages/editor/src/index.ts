export { ProcessDiagram, type ProcessDiagramProps } from './process-diagram.tsx';
export { ProcessOutline, type ProcessOutlineProps } from './process-outline.tsx';
export { accessibleName, kindWords, nameIn, stateWords } from './element-words.ts';
export { renderDiagramSvg, type SvgOptions } from './render-svg.ts';
export type { LivePosition, LiveState } from './live-position.ts';
