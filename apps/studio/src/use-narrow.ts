import { useSyncExternalStore } from 'react';

const narrow = matchMedia('(max-width: 47.99rem)');

/** Whether the page is as narrow as a phone, where tables show less. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}
