import { describe, expect, test } from 'vitest';
import { isInView, viewportAround } from './plane-view.ts';

const extent = { width: 1000, height: 500 };
const drawing = { x: 0, y: 0, width: 4000, height: 300 };

describe('the view around a shape', () => {
  test('has it in the middle', () => {
    const { x } = viewportAround({ x: 1950, y: 100, width: 100, height: 80 }, drawing, extent, 1);
    expect(x).toBe(500 - 2000);
  });

  test.each([
    ['start', 10, 24],
    ['end', 3900, 1000 - 24 - 4000],
  ])('stops at the %s of the drawing', (_, left, x) => {
    expect(viewportAround({ x: left, y: 0, width: 100, height: 80 }, drawing, extent, 1).x).toBe(x);
  });

  test('centres a drawing that is smaller than the view', () => {
    expect(viewportAround({ x: 0, y: 0, width: 100, height: 80 }, drawing, extent, 1).y).toBe(100);
  });
});

test.each([
  [{ x: 0, y: 0, width: 100, height: 80 }, true],
  [{ x: 950, y: 0, width: 100, height: 80 }, false],
  [{ x: -1, y: 0, width: 100, height: 80 }, false],
])('%j is in view: %s', (bounds, expected) => {
  expect(isInView(bounds, { x: 0, y: 0, zoom: 1 }, extent)).toBe(expected);
});
