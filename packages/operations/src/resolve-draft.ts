import type { Transaction } from '@orderloom/database';
import { Decimal, minorUnits, sumMoney, type Money } from '@orderloom/kernel';
import {
  priceOrder,
  type Address,
  type IntakeProblem,
  type ItemReference,
  type OrderDraft,
  type OrderLineDraft,
  type PartyReference,
} from '@orderloom/orders';
import type { OperationErrorCode } from './errors.ts';

/** A draft whose words have become rows of ours: ready to be placed. */
export interface ResolvedOrder {
  readonly draft: OrderDraft;
  readonly partyId: string;
  readonly shipTo: Address;
  readonly lines: readonly ResolvedLine[];
  readonly total: Money;
  /** Exceptions only; they let the order in for a person to check. */
  readonly exceptions: readonly IntakeProblem[];
}

export interface ResolvedLine {
  readonly sequence: number;
  readonly sku: Sku;
  readonly description: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly unitPrice: Decimal;
  readonly total: Money;
}

interface Sku {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly baseUnit: string;
  readonly listPrice: Decimal;
  readonly currency: string;
}

/** Who the customer is, which items are meant and what it comes to; or every reason why that cannot be said. */
export async function resolveDraft(
  tx: Transaction,
  tenantId: string,
  draft: OrderDraft,
): Promise<{ order: ResolvedOrder } | { rejections: readonly IntakeProblem[] }> {
  if (draft.purposeCode !== '00') return { rejections: [purposeNotSupported(draft)] };

  const partyId = await findCustomer(tx, tenantId, draft);
  if (partyId === null) return { rejections: [customerUnknown(draft)] };

  const skus = await findSkus(tx, tenantId, partyId, draft.lines);
  const rejections = draft.lines.flatMap((line, index) => lineRejections(line, skus[index] ?? []));
  if (rejections.length > 0) return { rejections };

  const exceptions: IntakeProblem[] = [];
  const lines = draft.lines.map((line, index): ResolvedLine => {
    const sku = skus[index]![0]!;
    if (line.unitPrice === null) exceptions.push(priceMissing(line, sku));
    const unitPrice = line.unitPrice ?? sku.listPrice;
    return {
      sequence: line.sequence,
      sku,
      description: line.description ?? sku.name,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice,
      total: minorUnits(unitPrice.times(line.quantity), draft.currency),
    };
  });
  const price = priceOrder({
    currency: draft.currency,
    statedTotal: draft.statedTotal,
    lines: lines.map(({ quantity, unitPrice }, index) => ({
      quantity,
      unitPrice,
      located: draft.lines[index]!.located,
    })),
  });
  return {
    order: {
      draft,
      partyId,
      shipTo: draft.shipTo ?? addressStillToFind(draft.shipToReference),
      lines,
      total: sumMoney(
        lines.map((line) => line.total),
        draft.currency,
      ),
      exceptions: [...exceptions, ...price.problems],
    },
  };
}

/** The buyer named in the document, else whoever sent it. */
async function findCustomer(tx: Transaction, tenantId: string, draft: OrderDraft): Promise<string | null> {
  const references = [draft.buyer, draft.shipToReference, draft.sender].filter((it) => it !== null);
  const rows = await tx.query<{ party_id: string; rank: number }>(
    `select pi.party_id, wanted.rank
       from unnest($2::text[], $3::text[], $4::int[]) as wanted(scheme, value, rank)
       join party_identifier pi on pi.tenant_id = $1 and pi.scheme = wanted.scheme and pi.value = wanted.value
      order by wanted.rank`,
    [
      tenantId,
      references.map((it) => it.scheme),
      references.map((it) => it.value),
      references.map((_, index) => index),
    ],
  );
  return rows[0]?.party_id ?? null;
}

/** The distinct SKUs the numbers of each line name, in the order of the lines: one is what we hope for. */
async function findSkus(
  tx: Transaction,
  tenantId: string,
  partyId: string,
  lines: readonly OrderLineDraft[],
): Promise<readonly (readonly Sku[])[]> {
  const wanted = lines.flatMap((line, index) => line.items.map((item) => ({ index, item })));
  const rows = await tx.query<{
    line: number;
    id: string;
    code: string;
    name: string;
    base_unit: string;
    list_price: string;
    currency: string;
  }>(
    `select distinct wanted.line, sku.id, sku.code, sku.name, sku.base_unit, sku.list_price::text, sku.currency
       from unnest($3::int[], $4::text[], $5::text[]) as wanted(line, scheme, value)
       join sku_identifier si on si.tenant_id = $1 and si.scheme = wanted.scheme and si.value = wanted.value
                             and si.owner = case wanted.scheme when 'BUYER' then $2::text else '' end
       join sku on sku.tenant_id = $1 and sku.id = si.sku_id`,
    [
      tenantId,
      partyId,
      wanted.map(({ index }) => index),
      wanted.map(({ item }) => item.scheme),
      wanted.map(({ item }) => item.value),
    ],
  );
  return lines.map((_, index) =>
    rows
      .filter((row) => row.line === index)
      .map((row) => ({
        id: row.id,
        code: row.code,
        name: row.name,
        baseUnit: row.base_unit,
        listPrice: new Decimal(row.list_price),
        currency: row.currency,
      })),
  );
}

function lineRejections(line: OrderLineDraft, skus: readonly Sku[]): readonly IntakeProblem[] {
  const [sku, another] = skus;
  if (!sku) {
    return [
      rejection('INTAKE_ITEM_UNKNOWN', line.located, {
        message: `No item of the catalogue is called ${itemNames(line.items)}.`,
        fix: 'Add the item or this number to the catalogue, or have the buyer correct the line; then take the document in again.',
      }),
    ];
  }
  if (another) {
    return [
      rejection('INTAKE_ITEM_AMBIGUOUS', line.located, {
        message: `${itemNames(line.items)} name both ${sku.code} and ${another.code}.`,
        fix: 'Ask the buyer which item is meant, or correct the numbers in the catalogue; then take the document in again.',
      }),
    ];
  }
  if (line.unit.toUpperCase() !== sku.baseUnit.toUpperCase()) {
    return [
      rejection('INTAKE_UNIT', line.located, {
        message: `${sku.code} is ordered in ${line.unit}, but counted in ${sku.baseUnit}.`,
        fix: `Have the buyer order in ${sku.baseUnit}.`,
      }),
    ];
  }
  return [];
}

function itemNames(items: readonly ItemReference[]): string {
  return items.length === 0
    ? 'nothing (the line has no item number)'
    : items.map(({ qualifier, value }) => `${qualifier} ${value}`).join(', ');
}

function customerUnknown(draft: OrderDraft): IntakeProblem {
  const named = [draft.buyer, draft.sender].filter((it) => it !== null).map(partyName);
  return rejection('INTAKE_PARTY_UNKNOWN', 'sender and buyer', {
    message: `No customer has one of the identifiers ${[...new Set(named)].join(', ')}.`,
    fix: 'Add the identifier to the customer it belongs to; then take the document in again.',
  });
}

function partyName({ scheme, value, name }: PartyReference): string {
  return name ? `${scheme} ${value} (${name})` : `${scheme} ${value}`;
}

function purposeNotSupported({ purposeCode }: OrderDraft): IntakeProblem {
  return rejection('INTAKE_PURPOSE', 'BEG01', {
    message: `The purpose of the document is ${purposeCode}; only 00 (original) starts an order.`,
    fix: 'Have changes and cancellations entered by hand.',
  });
}

function priceMissing(line: OrderLineDraft, sku: Sku): IntakeProblem {
  return {
    code: 'INTAKE_PRICE_MISSING' satisfies OperationErrorCode,
    severity: 'exception',
    message: `The line states no price; the list price of ${sku.code} was taken.`,
    located: line.located,
    fix: 'Agree the price with the buyer.',
  };
}

function rejection(
  code: OperationErrorCode,
  located: string,
  { message, fix }: { message: string; fix: string },
): IntakeProblem {
  return { code, severity: 'rejection', located, message, fix };
}

/** A document may name a place by number only. The address is then incomplete, which the review rules see. */
function addressStillToFind(reference: PartyReference | null): Address {
  return {
    name: reference?.name ?? '',
    lines: [],
    city: '',
    postalCode: '',
    country: '',
    raw: reference ? partyName(reference) : '',
  };
}
