import fontkit from '@pdf-lib/fontkit';
import type { PDFDocument, PDFFont, PDFPage } from 'pdf-lib';
import { slices } from '../generated/slices.ts';

/** Text in any script the label's typeface has; what it has not is printed as `?`. */
export interface Typeface {
  /** In points. */
  readonly widthOf: (text: string, size: number) => number;
  /** `x` and `y` in points: where the baseline begins. */
  draw(page: PDFPage, text: string, at: { x: number; y: number; size: number }): void;
  /** Characters that are missing from the typeface. */
  readonly missing: number;
}

const MISSING = '?';

/** Embeds the glyphs that `texts` need, and no others. Throws nothing for odd text. */
export async function embedTypeface(document: PDFDocument, texts: readonly string[]): Promise<Typeface> {
  document.registerFontkit(fontkit);
  const characters = new Set(texts.flatMap((text) => Array.from(text + MISSING)));
  const fontOf = new Map<string, PDFFont>();
  const fonts = new Map<number, PDFFont>();
  let missing = 0;
  for (const character of [...characters].toSorted()) {
    const index = sliceOf(character);
    const slice = slices[index];
    if (!slice) {
      missing++;
      continue;
    }
    const known = fonts.get(index);
    const font = known ?? (await embedSlice(document, slice.load));
    fonts.set(index, font);
    fontOf.set(character, font);
  }

  const runs = (text: string): { text: string; font: PDFFont }[] => {
    const runs: { text: string; font: PDFFont }[] = [];
    for (const character of text) {
      const shown = fontOf.has(character) ? character : MISSING;
      const font = fontOf.get(shown);
      if (!font) continue;
      const last = runs.at(-1);
      if (last?.font === font) last.text += shown;
      else runs.push({ text: shown, font });
    }
    return runs;
  };

  return {
    missing,
    widthOf: (text, size) =>
      runs(text).reduce((width, run) => width + run.font.widthOfTextAtSize(run.text, size), 0),
    draw(page, text, { x, y, size }) {
      let left = x;
      for (const run of runs(text)) {
        page.drawText(run.text, { x: left, y, size, font: run.font });
        left += run.font.widthOfTextAtSize(run.text, size);
      }
    },
  };
}

async function embedSlice(document: PDFDocument, load: () => Promise<{ default: string }>): Promise<PDFFont> {
  const { default: base64 } = await load();
  return await document.embedFont(Buffer.from(base64, 'base64'), { subset: true });
}

function sliceOf(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  return slices.findIndex(({ ranges }) =>
    ranges.some(([first, last]) => first <= codePoint && codePoint <= last),
  );
}
