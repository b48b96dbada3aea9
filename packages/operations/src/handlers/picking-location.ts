import type { Transaction } from '@orderloom/database';
import { must } from '@orderloom/kernel';

/** Where orders are picked. A tenant starts with one location; choosing between several is sourcing's. */
export async function pickingLocation(tx: Transaction, tenantId: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `select id from location where tenant_id = $1 order by code limit 1`,
    [tenantId],
  );
  return must(row, `a location of tenant ${tenantId}`).id;
}
