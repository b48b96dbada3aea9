import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTextWidth, wrapText } from './text-layout.ts';

/** Ten pixels a character make widths easy to count. */
const ten = (text: string) => text.length * 10;

test.each<[string, number, number, string[]]>([
  ['Pick goods', 200, 3, ['Pick goods']],
  ['Apply review rules', 120, 3, ['Apply review', 'rules']],
  ['Auftragsbestätigung', 100, 3, ['Auftragsbe', 'stätigung']],
  ['one two three four', 50, 2, ['one', 'two…']],
  ['first\nsecond', 200, 3, ['first', 'second']],
  ['Review needed?', 130, 3, ['Review', 'needed?']],
  ['', 100, 3, []],
])('%j in %i px', (text, width, maxLines, lines) => {
  expect(wrapText(text, width, maxLines, ten)).toEqual(lines);
});

test('Chinese breaks between words and never begins a line with a mark', () => {
  expect(wrapText('需要人工审核吗？', 40, 4, ten)).toEqual(['需要人工', '审核吗？']);
});

test('no line is wider than asked, and nothing but space is lost', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 30, max: 200 }), (text, width) => {
      const lines = wrapText(text, width, 1000, ten);
      for (const line of lines) expect(ten(line)).toBeLessThanOrEqual(Math.max(width, 20));
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});

test('Han is twice as wide as Latin, about', () => {
  expect(estimateTextWidth('订单')).toBe(24);
  expect(estimateTextWidth('no')).toBeLessThan(15);
});
