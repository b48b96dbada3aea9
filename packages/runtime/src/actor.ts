/** Who causes something. */
export interface Actor {
  readonly kind: 'user' | 'system' | 'plugin';
  readonly id: string;
  /** For people who read the history. */
  readonly name: string;
}

/** The product itself: timers, retries, processes that answer each other. */
export const systemActor: Actor = { kind: 'system', id: 'system', name: 'System' };

/** As stored: `user:<id>`, `plugin:<id>`, `system`. */
export function formatActor(actor: Actor): string {
  return actor.kind === 'system' ? 'system' : `${actor.kind}:${actor.id}`;
}

/** The inverse of `formatActor`. Names are not stored with it: the id stands in. */
export function parseActor(text: string): Actor {
  const [, kind, id] = /^(user|plugin):(.*)$/s.exec(text) ?? [];
  return kind === undefined || id === undefined
    ? systemActor
    : { kind: kind as 'user' | 'plugin', id, name: id };
}
