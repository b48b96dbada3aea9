/** Lines of text and the size at which they fit. Sizes in points. */
export interface FittedBlock {
  readonly lines: readonly string[];
  readonly size: number;
}

/** Height of a line against its size. */
export const LEADING = 1.25;
const SMALLEST = 5;

/**
 * The largest size, in half points, at which all `lines`, broken where they are too long, fit the box. At the
 * smallest size what is left over is cut; a label has one page.
 */
export function fitBlock(
  lines: readonly string[],
  box: { readonly width: number; readonly height: number; readonly largest: number },
  widthOf: (text: string, size: number) => number,
): FittedBlock {
  const room = (size: number): number => Math.floor(box.height / (size * LEADING));
  for (let size = box.largest; size > SMALLEST; size -= 0.5) {
    const broken = lines.flatMap((line) => breakLine(line, box.width, (text) => widthOf(text, size)));
    if (broken.length <= room(size)) return { lines: broken, size };
  }
  const broken = lines.flatMap((line) => breakLine(line, box.width, (text) => widthOf(text, SMALLEST)));
  return { lines: broken.slice(0, room(SMALLEST)), size: SMALLEST };
}

/** Breaks at spaces and between ideographs; inside a word only when the word alone is too long. */
function breakLine(line: string, width: number, widthOf: (text: string) => number): string[] {
  const pieces = line.split(/(?<=\s)|(?<=\p{Script=Han})|(?=\p{Script=Han})/u);
  const broken: string[] = [];
  let current = '';
  for (const piece of pieces.flatMap((piece) => (widthOf(piece) > width ? Array.from(piece) : [piece]))) {
    if (current !== '' && widthOf((current + piece).trimEnd()) > width) {
      broken.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return [...broken, current.trimEnd()];
}
