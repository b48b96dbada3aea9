import { describe, expect, test } from 'vitest';
import { initialAnswer, taskDraft, type DraftStore } from './task-draft.ts';

function emptyStore(): DraftStore {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('a draft', () => {
  test('outlives the page', () => {
    const store = emptyStore();
    taskDraft(store, 'fiona', 'task-1').write({ approved: true, note: '好' });
    expect(taskDraft(store, 'fiona', 'task-1').read()).toEqual({ approved: true, note: '好' });
  });

  test('is of one person and one task', () => {
    const store = emptyStore();
    taskDraft(store, 'fiona', 'task-1').write({ note: 'mine' });
    expect(taskDraft(store, 'walter', 'task-1').read()).toBeNull();
    expect(taskDraft(store, 'fiona', 'task-2').read()).toBeNull();
  });

  test('is gone once cleared', () => {
    const draft = taskDraft(emptyStore(), 'fiona', 'task-1');
    draft.write({ note: 'sent' });
    draft.clear();
    expect(draft.read()).toBeNull();
  });

  test.each([['{"note":'], ['[1]'], ['"text"'], ['null']])('that is spoiled (%s) counts as none', (text) => {
    const store = emptyStore();
    store.setItem('orderloom.draft.fiona.task-1', text);
    expect(taskDraft(store, 'fiona', 'task-1').read()).toBeNull();
  });
});

describe('what a form starts with', () => {
  const fields = ['picked', 'note'];

  test('the variables that its fields are named after', () => {
    const variables = { picked: [{ sku: 'DESK', picked: 2 }], orderId: 'secret' };
    expect(initialAnswer(fields, variables, null)).toEqual({ picked: [{ sku: 'DESK', picked: 2 }] });
  });

  test('what was typed wins over what was handed over', () => {
    expect(initialAnswer(fields, { note: 'handed' }, { note: 'typed', foreign: 1 })).toEqual({
      note: 'typed',
    });
  });

  test.each([[null], [undefined], [{}]])('nothing, from %j', (variables) => {
    expect(initialAnswer(fields, variables, null)).toEqual({});
  });
});
