import type { Transaction } from '@orderloom/database';
import { Decimal, money, must } from '@orderloom/kernel';
import { reviewFacts, type Address } from '@orderloom/orders';
import type { TransactionalHandler } from '@orderloom/runtime';
import { loadOrders, orderIdOf, wanted, type OrderRecord } from './order-batch.ts';
import { completed, recordOrderChanges } from './record-order-changes.ts';

/**
 * Gathers what the review rules look at and what the rest of the process has to know: `facts`,
 * `makeToOrder` with the list `made`, `returnWindowDays`.
 */
export const checkOrder: TransactionalHandler = async (tx, work, context) => {
  const { tenantId } = context;
  const orders = await loadOrders(tx, tenantId, work.map(orderIdOf));
  const customers = await loadCustomers(tx, tenantId, [...orders.values()]);
  const addresses = await loadAddresses(tx, tenantId, [...orders.keys()]);

  await recordOrderChanges(
    tx,
    context,
    work.map((item) => ({ work: item, automatic: true, action: 'order.checked' })),
  );
  return work.map((item) => {
    const order = must(orders.get(orderIdOf(item)), 'the order of the task');
    const customer = must(customers.get(order.partyId), 'the customer of the order');
    const toMake = order.lines.filter((line) => line.makeToOrder);
    const { exceptionCount } = item.variables;
    return completed({
      facts: {
        ...reviewFacts(
          {
            total: money(order.total, order.currency),
            shipTo: must(addresses.get(order.id), 'the address of the order'),
            // A list price in another currency says nothing about the deviation.
            lines: order.lines.map(({ unitPrice, listPrice }) => ({
              unitPrice,
              listPrice: customer.currency === order.currency ? listPrice : null,
            })),
            exceptionCount: typeof exceptionCount === 'number' ? exceptionCount : 0,
          },
          {
            blocked: customer.blocked,
            creditAvailable:
              customer.currency === order.currency
                ? money(customer.creditLimit - customer.openTotal + order.total, customer.currency)
                : null,
            deliveredOrders: customer.hasClosedOrders ? 1 : 0,
          },
        ),
      },
      makeToOrder: toMake.length > 0,
      made: toMake.map((line) => ({
        sequence: line.sequence,
        sku: line.skuCode,
        description: line.description,
        quantity: wanted(line).toNumber(),
        made: wanted(line).toNumber(),
      })),
      returnWindowDays: customer.returnWindowDays,
    });
  });
};

interface Customer {
  readonly blocked: boolean;
  readonly creditLimit: bigint;
  readonly currency: string;
  readonly returnWindowDays: number;
  /** What all open orders of the customer come to, the ones being checked included. */
  readonly openTotal: bigint;
  readonly hasClosedOrders: boolean;
}

async function loadCustomers(
  tx: Transaction,
  tenantId: string,
  orders: readonly OrderRecord[],
): Promise<ReadonlyMap<string, Customer>> {
  const rows = await tx.query<{
    id: string;
    blocked: boolean;
    credit_limit: string;
    currency: string;
    return_window_days: number;
    open_total: string;
    has_closed: boolean;
  }>(
    `select party.id, party.blocked, party.credit_limit::text, party.currency, party.return_window_days,
            (select coalesce(sum(open.total), 0)::text from "order" open
              where open.tenant_id = $1 and open.party_id = party.id
                and open.closed_at is null and open.cancelled_at is null) as open_total,
            exists (select from "order" closed
              where closed.tenant_id = $1 and closed.party_id = party.id and closed.closed_at is not null) as has_closed
       from party where party.tenant_id = $1 and party.id = any($2::uuid[])`,
    [tenantId, [...new Set(orders.map(({ partyId }) => partyId))]],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        blocked: row.blocked,
        creditLimit: BigInt(row.credit_limit),
        currency: row.currency,
        returnWindowDays: row.return_window_days,
        openTotal: BigInt(new Decimal(row.open_total).toFixed(0)),
        hasClosedOrders: row.has_closed,
      },
    ]),
  );
}

async function loadAddresses(
  tx: Transaction,
  tenantId: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Address>> {
  const rows = await tx.query<{ id: string; ship_to: Address }>(
    `select id, ship_to from "order" where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, orderIds],
  );
  return new Map(rows.map((row) => [row.id, row.ship_to]));
}
