import type { Transaction } from '@orderloom/database';
import { newId, type Decimal } from '@orderloom/kernel';

export interface StockMovement {
  readonly kind: 'opening' | 'production' | 'shipment';
  /** What caused it, `shipment:<id>`; booked once, however often it is asked for. */
  readonly reference: string;
  /** `location:<id>` or a virtual account: supplier, customer, production, adjustment. */
  readonly from: string;
  readonly to: string;
  readonly skuId: string;
  readonly quantity: Decimal;
}

/** Books movements in double entry: what leaves one account arrives in the other, so each SKU sums to zero. */
export async function bookMovements(
  tx: Transaction,
  tenantId: string,
  movements: readonly StockMovement[],
  { occurredAt, actor }: { readonly occurredAt: Date; readonly actor: string },
): Promise<void> {
  const transactions = [...Map.groupBy(movements, ({ reference }) => reference)].map(
    ([reference, entries]) => ({
      id: newId(),
      reference,
      kind: entries[0]!.kind,
      entries,
    }),
  );
  const booked = await tx.query<{ id: string }>(
    `insert into stock_transaction (tenant_id, id, kind, reference, occurred_at, actor)
     select $1, t.id, t.kind, t.reference, $5, $6
       from unnest($2::uuid[], $3::text[], $4::text[]) as t(id, kind, reference)
     on conflict (tenant_id, reference) do nothing
     returning id`,
    [
      tenantId,
      transactions.map(({ id }) => id),
      transactions.map(({ kind }) => kind),
      transactions.map(({ reference }) => reference),
      occurredAt,
      actor,
    ],
  );
  const fresh = new Set(booked.map(({ id }) => id));
  const rows = transactions
    .filter(({ id }) => fresh.has(id))
    .flatMap(({ id, entries }) =>
      entries.flatMap(({ from, to, skuId, quantity }, index) => [
        { id, sequence: 2 * index, account: from, skuId, quantity: quantity.neg() },
        { id, sequence: 2 * index + 1, account: to, skuId, quantity },
      ]),
    );
  await tx.query(
    `insert into stock_entry (tenant_id, transaction_id, sequence, account, sku_id, quantity)
     select $1, e.transaction_id, e.sequence, e.account, e.sku_id, e.quantity
       from unnest($2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::numeric[])
            as e(transaction_id, sequence, account, sku_id, quantity)`,
    [
      tenantId,
      rows.map(({ id }) => id),
      rows.map(({ sequence }) => sequence),
      rows.map(({ account }) => account),
      rows.map(({ skuId }) => skuId),
      rows.map(({ quantity }) => quantity.toFixed()),
    ],
  );
}
