import { expect, test } from 'vitest';
import { IntentKeys } from './intent-keys.ts';

const approve = { taskId: 'task', variables: { approved: true } };
const refuse = { taskId: 'task', variables: { approved: false } };

test('sending again what was not answered uses the same key', () => {
  const keys = new IntentKeys();
  expect(keys.keyOf({ ...approve })).toBe(keys.keyOf({ ...approve }));
});

test('another intent has another key', () => {
  const keys = new IntentKeys();
  expect(keys.keyOf(approve)).not.toBe(keys.keyOf(refuse));
});

test('wanting the same again after an answer is a new intent', () => {
  const keys = new IntentKeys();
  const first = keys.keyOf(approve);
  keys.answered(approve);
  expect(keys.keyOf(approve)).not.toBe(first);
});
