import { systemPrincipal } from '@orderloom/access';
import type { Transaction } from '@orderloom/database';
import { Decimal, newId } from '@orderloom/kernel';
import { demonstration } from './demonstration.ts';
import { bookMovements } from './handlers/stock-ledger.ts';
import type { Platform } from './platform.ts';
import { publishTemplates } from './publish-templates.ts';

export interface SeedResult {
  readonly tenantId: string;
  /** False when the tenant was there already. */
  readonly created: boolean;
}

/**
 * Makes sure of the demonstration tenant: customers, items, opening stock, and the processes the product
 * ships. Does nothing to a tenant that exists but to publish newer templates. People are the server's.
 */
export async function seedDemonstration(platform: Platform): Promise<SeedResult> {
  const { database, clock } = platform;
  const { slug } = demonstration.tenant;
  const existing = (await database.tenants()).find((tenant) => tenant.slug === slug);
  const tenantId = existing?.id ?? newId();
  if (!existing) {
    await database.createTenant({ id: tenantId, ...demonstration.tenant, address: demonstration.address });
  }
  // A seed that was cut short is taken up where the books are still empty.
  await database.transaction(tenantId, async (tx) => {
    const [seeded] = await tx.query(`select id from location where tenant_id = $1 limit 1`, [tenantId]);
    if (!seeded) await seedMasterData(tx, tenantId, clock.now());
  });
  await publishTemplates({ platform, principal: systemPrincipal(tenantId) });
  return { tenantId, created: !existing };
}

async function seedMasterData(tx: Transaction, tenantId: string, now: Date): Promise<void> {
  const locationId = newId();
  const { tenant, address, location, customers, items } = demonstration;
  await tx.query(
    `insert into location (tenant_id, id, code, name, time_zone, address) values ($1, $2, $3, $4, $5, $6)`,
    [tenantId, locationId, location.code, location.name, tenant.timeZone, JSON.stringify(address)],
  );
  for (const { name, creditLimit, returnWindowDays, identifiers } of customers) {
    const partyId = newId();
    await tx.query(
      `insert into party (tenant_id, id, name, roles, credit_limit, currency, return_window_days)
       values ($1, $2, $3, '{customer}', $4, $5, $6)`,
      [tenantId, partyId, name, creditLimit.toString(), tenant.currency, returnWindowDays],
    );
    for (const [scheme, value] of identifiers) {
      await tx.query(
        `insert into party_identifier (tenant_id, scheme, value, party_id) values ($1, $2, $3, $4)`,
        [tenantId, scheme, value, partyId],
      );
    }
  }
  const stocked = items.map((it) => ({ id: newId(), ...it }));
  for (const sku of stocked) {
    await tx.query(
      `insert into sku (tenant_id, id, code, name, gtin, base_unit, list_price, currency, weight_grams, make_to_order)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        tenantId,
        sku.id,
        sku.code,
        sku.name,
        sku.gtin,
        sku.baseUnit,
        sku.listPrice,
        tenant.currency,
        sku.weightGrams,
        sku.makeToOrder,
      ],
    );
    await tx.query(
      `insert into sku_identifier (tenant_id, scheme, value, sku_id)
       select $1, named.scheme, named.value, $2 from unnest($3::text[], $4::text[]) as named(scheme, value)`,
      [
        tenantId,
        sku.id,
        sku.gtin === null ? ['SUPPLIER'] : ['SUPPLIER', 'GTIN'],
        sku.gtin === null ? [sku.code] : [sku.code, sku.gtin],
      ],
    );
  }
  const opening = stocked.filter(({ onHand }) => onHand > 0);
  await bookMovements(
    tx,
    tenantId,
    opening.map(({ id, onHand }) => ({
      kind: 'opening' as const,
      reference: `opening:${locationId}`,
      from: 'adjustment',
      to: `location:${locationId}`,
      skuId: id,
      quantity: new Decimal(onHand),
    })),
    { occurredAt: now, actor: 'system' },
  );
  await tx.query(
    `insert into stock_level (tenant_id, sku_id, location_id, on_hand)
     select $1, opening.sku_id, $2, opening.on_hand from unnest($3::uuid[], $4::numeric[]) as opening(sku_id, on_hand)`,
    [tenantId, locationId, opening.map(({ id }) => id), opening.map(({ onHand }) => onHand)],
  );
}
