/** Figures for the metrics page. Totals count since the start of the process. */
export interface RuntimeStats {
  readonly batches: number;
  /** Submissions in all batches: divided by `batches`, the mean size of a batch. */
  readonly submissions: number;
  readonly largestBatch: number;
  /** Submissions that wait for a batch. */
  readonly queued: number;
  readonly runningJobs: number;
  readonly freeJobSlots: number;
}

export class BatchStatistics {
  #batches = 0;
  #submissions = 0;
  #largest = 0;

  count(size: number): void {
    this.#batches += 1;
    this.#submissions += size;
    this.#largest = Math.max(this.#largest, size);
  }

  read(): Pick<RuntimeStats, 'batches' | 'submissions' | 'largestBatch'> {
    return { batches: this.#batches, submissions: this.#submissions, largestBatch: this.#largest };
  }
}
