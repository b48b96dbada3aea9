import { must, type Id } from '@orderloom/kernel';
import type { Transaction } from './transaction.ts';

/**
 * The next number of a series of the tenant, from 1; of `count` numbers in a row, the first. Given back when the transaction fails, so a series has no
 * gaps; the price is that others wait for the commit, so take numbers late.
 */
export async function nextNumber(tx: Transaction, tenantId: Id, series: string, count = 1): Promise<bigint> {
  const [row] = await tx.query<{ number: bigint }>(
    `insert into number_series (tenant_id, series, next) values ($1, $2, 1 + $3::bigint)
     on conflict (tenant_id, series) do update set next = number_series.next + $3::bigint
     returning next - $3::bigint as number`,
    [tenantId, series, count],
  );
  return must(row, 'a number').number;
}
