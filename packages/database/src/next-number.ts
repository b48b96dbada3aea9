import { must, type Id } from '@orderloom/kernel';
import type { Transaction } from './transaction.ts';

/**
 * The next number of a series of the tenant, from 1. Given back when the transaction fails, so a series has no
 * gaps; the price is that others wait for the commit, so take numbers late.
 */
export async function nextNumber(tx: Transaction, tenantId: Id, series: string): Promise<bigint> {
  const [row] = await tx.query<{ number: bigint }>(
    `insert into number_series (tenant_id, series, next) values ($1, $2, 2)
     on conflict (tenant_id, series) do update set next = number_series.next + 1
     returning next - 1 as number`,
    [tenantId, series],
  );
  return must(row, 'a number').number;
}
