/**
 * Writes the label's typeface as modules: Source Sans for Latin, Greek and Cyrillic, and Noto Sans SC, which
 * was drawn to go with it, for Chinese and kana; both at one weight and cut into the slices their web fonts
 * are published in. A plugin may read nothing but import its own files, and a label needs a handful of the
 * hundred slices, so each is a module that is loaded when a character asks for it.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fontkit from '@pdf-lib/fontkit';
import subsetFont from 'subset-font';

/** A character is taken from the first that has it. */
const FAMILIES = {
  'source-sans-3': import.meta.resolve('@fontsource-variable/source-sans-3/package.json'),
  'noto-sans-sc': import.meta.resolve('@fontsource-variable/noto-sans-sc/package.json'),
};
const WEIGHT = 500;
const target = path.join(import.meta.dirname, 'generated');

await rm(target, { recursive: true, force: true });
await mkdir(target);

const entries: string[] = [];
for (const [family, packageJson] of Object.entries(FAMILIES)) {
  const folder = path.dirname(fileURLToPath(packageJson));
  await writeFile(path.join(target, `LICENSE.${family}.txt`), await readFile(path.join(folder, 'LICENSE')));
  const unicodeRanges = JSON.parse(await readFile(path.join(folder, 'unicode.json'), 'utf8')) as Record<
    string,
    string
  >;
  for (const [key, unicodeRange] of Object.entries(unicodeRanges)) {
    const slice = `${family}-${key.replaceAll(/[[\]]/g, '')}`;
    const variable = await readFile(path.join(folder, 'files', `${slice}-wght-normal.woff2`));
    const font = await subsetFont(variable, charactersOf(unicodeRange), {
      targetFormat: 'truetype',
      variationAxes: { wght: WEIGHT },
    });
    const ranges = JSON.stringify(rangesOf(fontkit.create(font).characterSet));
    await writeFile(path.join(target, `${slice}.ts`), `export default '${font.toString('base64')}';\n`);
    entries.push(`  { ranges: ${ranges}, load: () => import('./${slice}.ts') },\n`);
  }
}

await writeFile(
  path.join(target, 'slices.ts'),
  `/** First and last code point of each range, and the slice's TrueType file as base64. */
export interface Slice {
  readonly ranges: readonly (readonly [number, number])[];
  readonly load: () => Promise<{ readonly default: string }>;
}

export const slices: readonly Slice[] = [
${entries.join('')}];
`,
);

/** The characters of a CSS unicode-range: `U+20-7e,U+4e00`. */
function charactersOf(ranges: string): string {
  const codePoints = ranges.split(',').flatMap((range) => {
    const [first = 0, last = first] = range
      .trim()
      .slice(2)
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
  return String.fromCodePoint(...codePoints);
}

/** Of the characters a font really has, those that print. */
function rangesOf(codePoints: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  const printable = codePoints.filter((codePoint) => codePoint >= 0x20 && codePoint !== 0xffff);
  for (const codePoint of printable.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && codePoint <= last[1] + 1) last[1] = codePoint;
    else ranges.push([codePoint, codePoint]);
  }
  return ranges;
}
