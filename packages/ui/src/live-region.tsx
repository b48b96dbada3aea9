import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();

/** Says the result of an action to a screen reader without moving the focus. */
export function announce(text: string): void {
  // The same words twice must be heard twice: a no-break space makes the node's text differ.
  message = message === text ? `${text}\u00a0` : text;
  for (const notify of listeners) notify();
}

/** The one polite live region of a page; `UiProvider` holds it. */
export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => message);
  return (
    <div className="sr-only" role="status">
      {text}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
