import { createHash } from 'node:crypto';
import type { Address } from '@orderloom/plugin-sdk';
import { PDFDocument, PDFHexString, rgb, type PDFPage } from 'pdf-lib';
import { ssccSymbol } from './barcode.ts';
import { fitBlock, LEADING } from './text-block.ts';
import { embedTypeface, type Typeface } from './typeface.ts';

export interface LabelContent {
  readonly sender: Address;
  readonly receiver: Address;
  readonly sscc: string;
  /** Already in the reader's language. */
  readonly words: {
    readonly from: string;
    readonly to: string;
    readonly service: string;
    /** Order number, weight, which parcel of how many, tracking number: a caption and what it says. */
    readonly facts: readonly (readonly [caption: string, value: string])[];
  };
}

export interface DrawnLabel {
  readonly pdf: Uint8Array;
  /** Characters the typeface lacks, printed as `?`. */
  readonly missing: number;
}

const MM = 72 / 25.4;
/** Four by six inches, the common size of thermal label printers. */
const PAGE = { width: 101.6 * MM, height: 152.4 * MM };
const MARGIN = 5 * MM;
const INNER = PAGE.width - 2 * MARGIN;
/** One module of the bar code: 0.5 mm, four dots at 203 dpi; at least 0.495 mm on a logistic unit. */
const MODULE = 0.5 * MM;
/** At least 31.75 mm on a logistic unit (GS1 General Specifications, table 5.12.3-5). */
const BAR_HEIGHT = 32 * MM;
const BLACK = rgb(0, 0, 0);

/**
 * One page: who sends, who receives, what it is, and the GS1-128 symbol of its SSCC with its digits below.
 * The same content gives the same bytes: the file has no dates, and its id is made from what is on it.
 */
export async function drawLabel(content: LabelContent): Promise<DrawnLabel> {
  const { words, sscc } = content;
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(sscc);
  const id = PDFHexString.of(createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([id, id]);

  const sender = printed(content.sender);
  const receiver = printed(content.receiver);
  const digits = `(00) ${sscc}`;
  const texts = [...sender, ...receiver, words.from, words.to, words.service, ...words.facts.flat(), digits];
  const typeface = await embedTypeface(document, texts);
  const page = document.addPage([PAGE.width, PAGE.height]);

  let y = PAGE.height - MARGIN;
  y = block(page, typeface, [words.service], { y, height: 10 * MM, largest: 20 });
  y = rule(page, y);
  y = block(page, typeface, [words.from], { y, height: 3 * MM, largest: 6 });
  y = block(page, typeface, sender, { y, height: 16 * MM, largest: 8 });
  y = rule(page, y);
  y = block(page, typeface, [words.to], { y, height: 3 * MM, largest: 6 });
  y = block(page, typeface, receiver, { y, height: 38 * MM, largest: 15 });
  y = rule(page, y);
  facts(page, typeface, words.facts, y);
  barcode(page, typeface, sscc, digits);
  return { pdf: await document.save({ useObjectStreams: false }), missing: typeface.missing };
}

/** An address as its lines, without the characters that would break a line or print nothing. */
function printed({ name, lines, city, region, postalCode, country, phone }: Address): string[] {
  const town = [postalCode, city, region].filter(Boolean).join(' ');
  return [name, ...lines, town, country, ...(phone ? [phone] : [])].map((line) =>
    line
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim(),
  );
}

/** Draws lines from the top of a box downwards; gives the box's lower edge. */
function block(
  page: PDFPage,
  typeface: Typeface,
  lines: readonly string[],
  {
    y,
    x = MARGIN,
    width = INNER,
    height,
    largest,
  }: { y: number; x?: number; width?: number; height: number; largest: number },
): number {
  const fitted = fitBlock(lines, { width, height, largest }, typeface.widthOf);
  fitted.lines.forEach((line, index) => {
    typeface.draw(page, line, { x, y: y - fitted.size * (1 + index * LEADING), size: fitted.size });
  });
  return y - height;
}

function rule(page: PDFPage, y: number): number {
  page.drawLine({
    start: { x: MARGIN, y },
    end: { x: PAGE.width - MARGIN, y },
    thickness: 0.7,
    color: BLACK,
  });
  return y - 1.5 * MM;
}

/** Two columns of a small caption over its value. */
function facts(page: PDFPage, typeface: Typeface, given: LabelContent['words']['facts'], top: number): void {
  const width = INNER / 2 - 2 * MM;
  given.forEach(([caption, value], index) => {
    const x = MARGIN + (index % 2) * (INNER / 2);
    const y = top - Math.floor(index / 2) * 10 * MM;
    block(page, typeface, [caption], { x, y, width, height: 3 * MM, largest: 6 });
    block(page, typeface, [value], { x, y: y - 3 * MM, width, height: 6 * MM, largest: 11 });
  });
}

/** Centred, so that each quiet zone is wider than the ten modules that are asked for. */
function barcode(page: PDFPage, typeface: Typeface, sscc: string, digits: string): void {
  const symbol = ssccSymbol(sscc);
  const left = (PAGE.width - symbol.width * MODULE) / 2;
  const bottom = MARGIN + 6 * MM;
  for (const { at, width } of symbol.bars) {
    page.drawRectangle({
      x: left + at * MODULE,
      y: bottom,
      width: width * MODULE,
      height: BAR_HEIGHT,
      color: BLACK,
    });
  }
  const size = 12;
  typeface.draw(page, digits, { x: (PAGE.width - typeface.widthOf(digits, size)) / 2, y: MARGIN, size });
}
