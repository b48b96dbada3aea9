import { cpus, totalmem } from 'node:os';

/** What a benchmark reports; with `--json` the last line of its output. */
export interface Measurement {
  readonly name: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** What must hold for the figures to count. */
  readonly checks: Readonly<Record<string, boolean>>;
  readonly unit: string;
  /** More figures worth knowing. */
  readonly notes: Readonly<Record<string, number | string>>;
}

export function machine(): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${gigabytes} GB, Node ${process.versions.node}`;
}
