export interface Stream {
  /** Opens it; `onEnd` is called once, when it ends for whatever reason. Returns how to close it. */
  readonly open: (onEvent: () => void, onEnd: () => void) => () => void;
  readonly onEvent: () => void;
  /** Waits, then calls; returns how to forget it. */
  readonly wait: (ms: number, then: () => void) => () => void;
}

/**
 * Keeps a stream of changes open: opens it again whenever it ends, waiting longer each time nothing came of it.
 * What changed meanwhile was not heard, so every return counts as an event. Returns how to stop.
 */
export function keepListening({ open, onEvent, wait }: Stream): () => void {
  let attempts = 0;
  let stop = () => {};
  const listen = () => {
    if (attempts > 0) onEvent();
    stop = open(
      () => {
        attempts = 0;
        onEvent();
      },
      () => {
        stop = wait(reconnectDelayMs(attempts++), listen);
      },
    );
  };
  listen();
  return () => stop();
}

/** 1, 2, 4 ... 30 seconds. */
export function reconnectDelayMs(attempt: number): number {
  return Math.min(1_000 * 2 ** attempt, 30_000);
}
