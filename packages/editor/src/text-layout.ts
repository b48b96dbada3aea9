/** Width in pixels of a text in the label font. */
export type MeasureText = (text: string) => number;

export const FONT_SIZE = 12;
export const LINE_HEIGHT = 15;

/**
 * Widths where there is no canvas to ask, in units of the font size: Han and full-width forms fill a
 * square, Latin letters about half of one. Good to a few percent for system fonts.
 */
export const estimateTextWidth: MeasureText = (text) => {
  let ems = 0;
  for (const character of text) {
    if (/[\u1100-\u11ff\u2e80-\uffef]/u.test(character)) ems += 1;
    else if (/[\s.,:;!'|()[\]iljtfrI-]/.test(character)) ems += 0.31;
    else if (/[mwMW@%]/.test(character)) ems += 0.87;
    else if (/[A-Z]/.test(character)) ems += 0.68;
    else ems += 0.56;
  }
  return ems * FONT_SIZE;
};

/**
 * A label in lines no wider than `width`. Latin breaks between words and, when a word alone is too wide,
 * inside it; Chinese breaks between words as `Intl.Segmenter` finds them. What does not fit into
 * `maxLines` ends in an ellipsis.
 */
export function wrapText(
  text: string,
  width: number,
  maxLines: number,
  measure: MeasureText,
): readonly string[] {
  const lines = text.split(/\r?\n/).flatMap((paragraph) => wrapParagraph(paragraph.trim(), width, measure));
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, Math.max(1, maxLines));
  const last = kept.pop() ?? '';
  return [...kept, ellipsised(last, width, measure)];
}

const wordSegmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemeSegmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Marks that must not begin a line in Chinese typesetting, and Latin ones that belong to the word before. */
const CLINGS = /^[\s,.;:!?)\]}%'"’”、。，．：；！？）】》」』…·-]+$/u;

function wrapParagraph(paragraph: string, width: number, measure: MeasureText): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(paragraph)) {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
    while (measure(line.trimEnd()) > width) {
      const head = longestHead(line, width, measure);
      if (head.length === line.length) break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** The parts a line may break between: words with the marks and spaces behind them. */
function piecesOf(paragraph: string): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of wordSegmenter.segment(paragraph)) {
    const last = pieces.length - 1;
    if (last >= 0 && CLINGS.test(segment)) pieces[last] += segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** As many characters as fit, at least one. */
function longestHead(text: string, width: number, measure: MeasureText): string {
  let head = '';
  for (const { segment } of graphemeSegmenter.segment(text)) {
    if (head !== '' && measure(head + segment) > width) break;
    head += segment;
  }
  return head;
}

function ellipsised(line: string, width: number, measure: MeasureText): string {
  if (measure(`${line}…`) <= width) return `${line}…`;
  return `${longestHead(line, width - measure('…'), measure).trimEnd()}…`;
}
