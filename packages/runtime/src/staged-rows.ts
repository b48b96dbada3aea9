export interface RowKey {
  readonly instanceId: string;
  readonly id: string;
}

/** Ids are unique within their instance, whatever they name: one string tells any job, task, timer or subscription. */
export function waitKey(instanceId: string, id: string): string {
  return `${instanceId}:${id}`;
}

/** Rows that a batch opens and closes; one that is opened and closed within the batch is never written. */
export class StagedRows<Row extends RowKey> {
  readonly #opened = new Map<string, Row>();
  readonly #closed = new Map<string, RowKey>();

  open(row: Row): void {
    this.#opened.set(waitKey(row.instanceId, row.id), row);
  }

  close(instanceId: string, id: string): void {
    const key = waitKey(instanceId, id);
    if (!this.#opened.delete(key)) this.#closed.set(key, { instanceId, id });
  }

  get opened(): readonly Row[] {
    return [...this.#opened.values()];
  }

  /** Rows to delete. */
  get closed(): readonly RowKey[] {
    return [...this.#closed.values()];
  }
}
