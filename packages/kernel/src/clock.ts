/** Where time comes from. Everything below the composition root is given one, so that tests own time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
