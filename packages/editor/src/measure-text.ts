import { estimateTextWidth, FONT_SIZE, type MeasureText } from './text-layout.ts';

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** The width in the font the page really uses; each text is measured once. */
export const measureText: MeasureText = (text) => {
  const known = widths.get(text);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return estimateTextWidth(text);
  context.font = `${FONT_SIZE}px ${getComputedStyle(document.documentElement).fontFamily}`;
  const { width } = context.measureText(text);
  widths.set(text, width);
  return width;
};
