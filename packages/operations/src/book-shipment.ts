import { createHash } from 'node:crypto';
import type { Transaction } from '@orderloom/database';
import { Decimal, minorUnits, must, newId } from '@orderloom/kernel';
import type { Address } from '@orderloom/orders';
import type { ExternalJob, JobOutcome, StepContext } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import type { JobTools } from './job-tools.ts';
import type { PluginFailure } from './plugin-gateway.ts';

/** What a carrier's `ship` answers; the plugin host has checked it against the carrier contract. */
interface Booking {
  readonly carrierRef: string;
  readonly trackingNumber: string;
  readonly labels: readonly {
    readonly mediaType: string;
    readonly base64: string;
    readonly parcelSscc?: string;
  }[];
  readonly price?: { readonly amount: string; readonly currency: string };
}

interface Consignment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly carrier: string;
  readonly service: string;
  readonly from: Address;
  readonly to: Address;
  readonly parcels: readonly {
    sscc: string;
    weightGrams: number;
    lengthMm: number;
    widthMm: number;
    heightMm: number;
  }[];
  readonly contents: readonly { sku: string; quantity: string; name: string }[];
}

/**
 * Books the shipment the process names (`shipmentId`, and `service` where somebody changed it) with its
 * carrier plugin. The job's key goes with the call, so that however often it is tried there is one
 * booking. What the carrier refuses becomes the BPMN error of that code.
 */
export async function bookShipment({ database, plugins }: JobTools, job: ExternalJob): Promise<JobOutcome> {
  const { shipmentId, service } = job.variables;
  const consignment = await database.transaction(job.tenantId, (tx) =>
    loadConsignment(tx, job.tenantId, must(typeof shipmentId === 'string' ? shipmentId : null, 'shipmentId')),
  );
  const [plugin = '', contribution = ''] = consignment.carrier.split('/');
  const chosen = typeof service === 'string' ? service : consignment.service;

  const answer = await plugins.call({
    plugin,
    contribution,
    operation: 'ship',
    idempotencyKey: job.idempotencyKey,
    signal: job.signal,
    input: {
      orderId: consignment.orderId,
      orderNumber: consignment.orderNumber,
      service: chosen,
      from: addressForCarrier(consignment.from),
      to: addressForCarrier(consignment.to),
      parcels: consignment.parcels.map((parcel, index) => ({
        ...parcel,
        // What lies in which parcel is not recorded yet; the packing list goes with the first.
        contents: index === 0 ? consignment.contents : [],
      })),
      options: {},
    },
  });
  if (!answer.ok) return failureOutcome(answer.error);

  const booking = answer.value as Booking;
  return {
    kind: 'completed',
    variables: { trackingNumber: booking.trackingNumber },
    record: (tx, context) => recordBooking(tx, context, consignment, chosen, booking),
  };
}

function failureOutcome(failure: PluginFailure): JobOutcome {
  const { kind, code, message, retryAfterMs } = failure;
  if (kind === 'rejected') return { kind: 'error', code, message };
  return {
    kind: 'failed',
    code,
    message,
    retryable: kind === 'retryable',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

async function recordBooking(
  tx: Transaction,
  { tenantId, now }: StepContext,
  consignment: Consignment,
  service: string,
  booking: Booking,
): Promise<void> {
  const { shipmentId, orderId, orderNumber, carrier } = consignment;
  const labels = booking.labels.map(({ mediaType, base64, parcelSscc }, index) => {
    const content = Buffer.from(base64, 'base64');
    return {
      id: newId(),
      mediaType,
      content,
      sha256: createHash('sha256').update(content).digest('hex'),
      sscc: parcelSscc ?? consignment.parcels[index]?.sscc ?? null,
      fileName: `label-${orderNumber}-${index + 1}.${mediaType === 'application/pdf' ? 'pdf' : mediaType === 'image/png' ? 'png' : 'zpl'}`,
    };
  });
  for (const label of labels) {
    await tx.query(
      `insert into document (tenant_id, id, order_id, kind, file_name, media_type, sha256, content, created_at)
       values ($1, $2, $3, 'label', $4, $5, $6, $7, $8)`,
      [tenantId, label.id, orderId, label.fileName, label.mediaType, label.sha256, label.content, now],
    );
  }
  await tx.query(
    `update parcel set label_document_id = label.id
       from unnest($2::text[], $3::uuid[]) as label(sscc, id)
      where parcel.tenant_id = $1 and parcel.sscc = label.sscc`,
    [tenantId, labels.map(({ sscc }) => sscc), labels.map(({ id }) => id)],
  );
  const price = booking.price ? minorUnits(new Decimal(booking.price.amount), booking.price.currency) : null;
  await tx.query(
    `update shipment set service = $3, carrier_ref = $4, tracking_number = $5, price = $6, currency = $7, booked_at = $8
      where tenant_id = $1 and id = $2`,
    [
      tenantId,
      shipmentId,
      service,
      booking.carrierRef,
      booking.trackingNumber,
      price?.amount.toString() ?? null,
      price?.currency ?? null,
      now,
    ],
  );
  await recordDeeds(tx, [
    {
      tenantId,
      orderId,
      action: 'shipment.booked',
      actor: { kind: 'plugin', id: carrier, name: carrier },
      data: { shipmentId, service, trackingNumber: booking.trackingNumber, labels: labels.length },
      at: now,
    },
  ]);
}

async function loadConsignment(tx: Transaction, tenantId: string, shipmentId: string): Promise<Consignment> {
  const [row] = await tx.query<{
    order_id: string;
    number: string;
    carrier: string;
    service: string;
    ship_to: Address;
    ship_from: Address;
  }>(
    `select shipment.order_id, "order".number, shipment.carrier, shipment.service, "order".ship_to,
            (select address from location where tenant_id = $1 order by code limit 1) as ship_from
       from shipment
       join "order" on "order".tenant_id = shipment.tenant_id and "order".id = shipment.order_id
      where shipment.tenant_id = $1 and shipment.id = $2`,
    [tenantId, shipmentId],
  );
  const shipment = must(row, `shipment ${shipmentId}`);
  const parcels = await tx.query<{
    sscc: string;
    weight_grams: number;
    length_mm: number;
    width_mm: number;
    height_mm: number;
  }>(
    `select sscc, weight_grams, length_mm, width_mm, height_mm from parcel
      where tenant_id = $1 and shipment_id = $2 order by sequence`,
    [tenantId, shipmentId],
  );
  const lines = await tx.query<{ sku_code: string; packed: string; description: string }>(
    `select sku_code, packed::text, description from order_line
      where tenant_id = $1 and order_id = $2 and packed > 0 order by sequence`,
    [tenantId, shipment.order_id],
  );
  return {
    shipmentId,
    orderId: shipment.order_id,
    orderNumber: shipment.number,
    carrier: shipment.carrier,
    service: shipment.service,
    from: shipment.ship_from,
    to: shipment.ship_to,
    parcels: parcels.map((parcel) => ({
      sscc: parcel.sscc,
      weightGrams: parcel.weight_grams,
      lengthMm: parcel.length_mm,
      widthMm: parcel.width_mm,
      heightMm: parcel.height_mm,
    })),
    contents: lines.map((line) => ({
      sku: line.sku_code,
      quantity: new Decimal(line.packed).toFixed(),
      name: line.description,
    })),
  };
}

/** The carrier contract's address has no room for the words of the document. */
function addressForCarrier(address: Address): Omit<Address, 'raw'> {
  const { name, lines, city, region, postalCode, country } = address;
  return { name, lines, city, postalCode, country, ...(region === undefined ? {} : { region }) };
}
