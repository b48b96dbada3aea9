import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

/** The tokens of one theme: `light-dark(#aaa, #bbb)` has the light colour first. */
function tokensOf(theme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const defaults = css.slice(0, css.indexOf(':root'));
  const pairs = defaults.matchAll(/--color-([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/g);
  return Object.fromEntries(
    [...pairs].map(([, name, light, dark]) => [name, theme === 'light' ? light : dark]),
  );
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const channel = (start: number) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

const surfaces = ['page', 'surface', 'raised', 'sunken', 'hover'];
const on = (texts: readonly string[], grounds: readonly string[]) =>
  texts.flatMap((text) => grounds.map((ground): [string, string] => [text, ground]));

const readable: readonly [string, string][] = [
  ...on(['text', 'text-muted'], surfaces),
  ...on(['accent'], ['page', 'surface', 'raised', 'accent-soft']),
  ...on(['success', 'warning', 'danger'], ['surface', 'raised']),
  ...on(['text', 'text-muted'], ['success-soft', 'warning-soft', 'danger-soft', 'accent-soft']),
  ['success', 'success-soft'],
  ['warning', 'warning-soft'],
  ['danger', 'danger-soft'],
  ...on(['on-fill'], ['accent-fill', 'accent-fill-hover', 'danger-fill', 'danger-fill-hover']),
  // Badges of the diagram: the sign is cut out of the state's colour.
  ...on(['surface'], ['accent', 'success', 'danger', 'text-muted']),
];

const visible: readonly [string, string][] = [
  ...on(['line-strong', 'focus'], ['page', 'surface', 'raised', 'sunken']),
  ...on(['accent-fill', 'danger-fill'], ['page', 'surface']),
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  const tokens = tokensOf(theme);
  const ratio = ([a, b]: [string, string]) => contrast(tokens[a] ?? '', tokens[b] ?? '');

  test('contrast of black on white is 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });

  // WCAG 2.2, 1.4.3 Contrast (Minimum), AA
  test.each(readable)('%s on %s can be read (4.5:1)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });

  // WCAG 2.2, 1.4.11 Non-text Contrast, AA
  test.each(visible)('%s on %s can be seen (3:1)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
});
