import { nextNumber, type Transaction } from '@orderloom/database';
import { must, newId } from '@orderloom/kernel';
import { makeSscc } from '@orderloom/orders';
import type { TransactionalHandler, TransactionalWork } from '@orderloom/runtime';
import { orderIdOf } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/** The carrier contribution orders ship with until rates decide. */
const DEFAULT_CARRIER = 'orderloom.own-fleet/own-fleet';

interface ParcelSize {
  readonly weightGrams: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/**
 * Turns the packer's form (`parcels`, `service`) into a shipment: each parcel gets an SSCC that is never
 * used again, and the lines count as packed. Gives the process `shipmentId`.
 */
export const createShipment: TransactionalHandler = async (tx, work, context) => {
  const { tenantId, now } = context;
  const companyPrefix = await companyPrefixOf(tx, tenantId);
  const shipments = work.map((item) => ({
    id: newId(),
    orderId: orderIdOf(item),
    service: typeof item.variables['service'] === 'string' ? item.variables['service'] : 'standard',
    parcels: parcelsOf(item),
  }));
  await tx.query(
    `insert into shipment (tenant_id, id, order_id, carrier, service, state, created_at)
     select $1, s.id, s.order_id, $5, s.service, 'pending', $6
       from unnest($2::uuid[], $3::uuid[], $4::text[]) as s(id, order_id, service)`,
    [
      tenantId,
      shipments.map(({ id }) => id),
      shipments.map(({ orderId }) => orderId),
      shipments.map(({ service }) => service),
      DEFAULT_CARRIER,
      now,
    ],
  );
  const parcels = shipments.flatMap(({ id, parcels }) =>
    parcels.map((parcel, index) => ({ shipmentId: id, sequence: index + 1, ...parcel })),
  );
  const firstSerial = await nextNumber(tx, tenantId, 'sscc', parcels.length);
  await tx.query(
    `insert into parcel (tenant_id, sscc, shipment_id, sequence, weight_grams, length_mm, width_mm, height_mm)
     select $1, p.sscc, p.shipment_id, p.sequence, p.weight_grams, p.length_mm, p.width_mm, p.height_mm
       from unnest($2::text[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
            as p(sscc, shipment_id, sequence, weight_grams, length_mm, width_mm, height_mm)`,
    [
      tenantId,
      parcels.map((_, index) =>
        makeSscc({
          extensionDigit: 0,
          companyPrefix,
          serial: firstSerial + BigInt(index),
        }),
      ),
      parcels.map(({ shipmentId }) => shipmentId),
      parcels.map(({ sequence }) => sequence),
      parcels.map(({ weightGrams }) => weightGrams),
      parcels.map(({ lengthMm }) => lengthMm),
      parcels.map(({ widthMm }) => widthMm),
      parcels.map(({ heightMm }) => heightMm),
    ],
  );
  await tx.query(
    `update order_line set packed = picked where tenant_id = $1 and order_id = any($2::uuid[])`,
    [tenantId, shipments.map(({ orderId }) => orderId)],
  );
  await recordOrderChanges(
    tx,
    context,
    work.map((item, index) => {
      const { id, parcels } = shipments[index]!;
      return { work: item, action: 'goods.packed', data: { shipmentId: id, parcels: parcels.length } };
    }),
  );
  return shipments.map(({ id }) => completed({ shipmentId: id }));
};

async function companyPrefixOf(tx: Transaction, tenantId: string): Promise<string> {
  const [row] = await tx.query<{ company_prefix: string }>(
    `select company_prefix from tenant where id = $1`,
    [tenantId],
  );
  return must(row, `tenant ${tenantId}`).company_prefix;
}

/** The form `pack-goods` guarantees the shape; a process that asks for none ships one parcel of unknown size. */
function parcelsOf({ variables, element }: TransactionalWork): readonly ParcelSize[] {
  const { parcels } = variables;
  must(Array.isArray(parcels) && parcels.length > 0 ? parcels : null, `parcels at ${element}`);
  return parcels as unknown as readonly ParcelSize[];
}
