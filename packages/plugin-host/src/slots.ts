export interface Slots {
  /** Waits for a place, in order. `full` when the queue is, `aborted` when the signal fired first. */
  take(signal: AbortSignal): Promise<'taken' | 'full' | 'aborted'>;
  free(): void;
  readonly taken: number;
  readonly waiting: number;
}

/** At most `concurrent` places taken and `queued` callers waiting. */
export function createSlots({ concurrent, queued }: { concurrent: number; queued: number }): Slots {
  const queue: (() => void)[] = [];
  let taken = 0;

  return {
    async take(signal) {
      if (signal.aborted) return 'aborted';
      if (taken < concurrent) {
        taken++;
        return 'taken';
      }
      if (queue.length >= queued) return 'full';
      return await new Promise((resolve) => {
        const enter = (): void => {
          signal.removeEventListener('abort', leave);
          resolve('taken');
        };
        const leave = (): void => {
          queue.splice(queue.indexOf(enter), 1);
          resolve('aborted');
        };
        queue.push(enter);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    /** The place goes to the first in the queue, if there is one. */
    free() {
      const next = queue.shift();
      if (next) next();
      else taken--;
    },
    get taken() {
      return taken;
    },
    get waiting() {
      return queue.length;
    },
  };
}
