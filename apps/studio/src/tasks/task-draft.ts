import type { FormValue } from '@orderloom/ui';

/** The part of `sessionStorage` that drafts need. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What somebody typed into a task and has not sent yet; it outlives a reload of the tab, not the tab. */
export interface TaskDraft {
  readonly read: () => FormValue | null;
  readonly write: (value: FormValue) => void;
  readonly clear: () => void;
}

export function taskDraft(store: DraftStore, userId: string, taskId: string): TaskDraft {
  const key = `orderloom.draft.${userId}.${taskId}`;
  return {
    read: () => {
      try {
        const value: unknown = JSON.parse(store.getItem(key) ?? 'null');
        return typeof value === 'object' && !Array.isArray(value) ? (value as FormValue | null) : null;
      } catch {
        // Not ours, or cut short: the form starts over.
        return null;
      }
    },
    write: (value) => store.setItem(key, JSON.stringify(value)),
    clear: () => store.removeItem(key),
  };
}

/** What a form starts with: what the process hands over under the names of its fields, then what was typed. */
export function initialAnswer(
  fields: readonly string[],
  variables: unknown,
  draft: FormValue | null,
): FormValue {
  const given = (variables ?? {}) as FormValue;
  const handed = fields.filter((field) => given[field] !== undefined && given[field] !== null);
  const typed = Object.entries(draft ?? {}).filter(([field]) => fields.includes(field));
  return {
    ...Object.fromEntries(handed.map((field) => [field, given[field]])),
    ...Object.fromEntries(typed),
  };
}
