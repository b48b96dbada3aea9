import { expect, test } from 'vitest';
import { newId } from './index.ts';

test('ids are UUIDv7 and sort in the order they were made', () => {
  const ids = Array.from({ length: 10_000 }, () => newId());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test('a clock that steps back does not break the order', () => {
  const later = newId(Date.now() + 5_000);
  expect(newId(Date.now()) > later).toBe(true);
});
