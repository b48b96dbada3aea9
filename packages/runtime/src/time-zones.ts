import type { Transaction } from '@orderloom/database';
import type { Clock } from '@orderloom/kernel';

const maxAgeMs = 60_000;

/** The time zones of tenants, at most a minute old: they change about never and every batch needs one. */
export class TimeZones {
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly timeZone: string; readonly readAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async of(tx: Transaction, tenantId: string): Promise<string> {
    const now = this.#clock.now().getTime();
    const known = this.#known.get(tenantId);
    if (known !== undefined && Math.abs(now - known.readAt) < maxAgeMs) return known.timeZone;
    const [row] = await tx.query<{ time_zone: string }>('select time_zone from tenant where id = $1', [
      tenantId,
    ]);
    const timeZone = row?.time_zone ?? 'UTC';
    this.#known.set(tenantId, { timeZone, readAt: now });
    return timeZone;
  }
}
