const baseMs = 1000;
const limitMs = 5 * 60 * 1000;

/**
 * How long to wait after the given failed attempt (1 is the first): doubling from a second to five
 * minutes, less up to half at random, so that what failed together does not come back together.
 */
export function retryDelayMs(attempt: number, random: number = Math.random()): number {
  const full = Math.min(limitMs, baseMs * 2 ** (attempt - 1));
  return Math.round(full * (1 - random / 2));
}
