import type { Clock } from '@orderloom/kernel';

export interface FakeClock extends Clock {
  /** Moves time on, in milliseconds. */
  advance(ms: number): void;
}

/** A clock that stands still until it is told to move. Starts at an instant or its ISO 8601 text. */
export function fakeClock(start: Date | string = '2026-03-02T08:00:00Z'): FakeClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms;
    },
  };
}
