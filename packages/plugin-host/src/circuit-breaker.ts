import type { Clock } from '@orderloom/kernel';

/** `abandoned` says nothing about the plugin: the caller gave up. */
type Outcome = 'success' | 'failure' | 'abandoned';

export interface CircuitBreaker {
  /** Undefined when a call may go through, else how long to wait. After a pause one call goes first, as a trial. */
  refusal(): { readonly retryAfterMs: number } | undefined;
  /** Every call that was let through is recorded. */
  record(outcome: Outcome): void;
  readonly open: boolean;
}

/** Opens for `openMs` when `failures` calls failed within `windowMs`; the first success after that closes it. */
export function createCircuitBreaker(
  clock: Clock,
  { failures, windowMs, openMs } = { failures: 5, windowMs: 30_000, openMs: 60_000 },
): CircuitBreaker {
  const now = (): number => clock.now().getTime();
  let failedAt: number[] = [];
  let openUntil = 0;
  let trial: 'none' | 'due' | 'running' = 'none';

  return {
    refusal() {
      const wait = openUntil - now();
      if (wait > 0) return { retryAfterMs: wait };
      if (trial === 'running') return { retryAfterMs: 1000 };
      if (trial === 'due') trial = 'running';
      return undefined;
    },
    record(outcome) {
      if (outcome === 'failure') {
        failedAt = [...failedAt.filter((at) => now() - at < windowMs), now()];
        if (trial === 'none' && failedAt.length < failures) return;
        openUntil = now() + openMs;
        trial = 'due';
      } else if (trial === 'running') {
        trial = outcome === 'success' ? 'none' : 'due';
        if (outcome === 'success') failedAt = [];
      }
    },
    get open() {
      return openUntil > now();
    },
  };
}
