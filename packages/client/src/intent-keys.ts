import { newId } from '@orderloom/kernel';

/**
 * Idempotency keys, one for each thing a user wants. What is sent again because no answer came carries the same
 * key, so the server does it once; once answered, wanting the same thing anew is a new intent.
 */
export class IntentKeys {
  readonly #keys = new Map<string, string>();

  keyOf(intent: unknown): string {
    const name = JSON.stringify(intent);
    const key = this.#keys.get(name) ?? newId();
    this.#keys.set(name, key);
    return key;
  }

  answered(intent: unknown): void {
    this.#keys.delete(JSON.stringify(intent));
  }
}
