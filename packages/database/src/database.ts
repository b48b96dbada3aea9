import type { Id } from '@orderloom/kernel';
import type { Prisma, PrismaClient } from '../generated/client/client.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

/** A Prisma client that sees one tenant and changes nothing. */
export type TenantClient = Omit<
  Prisma.TransactionClient,
  '$executeRaw' | '$executeRawUnsafe' | '$queryRawUnsafe'
>;

export interface Tenant {
  readonly id: Id;
  /** Lower-case letters, digits and hyphens; unique. */
  readonly slug: string;
  readonly name: string;
  /** IANA name, `Europe/Zurich`. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
}

export interface NewTenant extends Omit<Tenant, 'id'> {
  readonly id?: Id;
  /** GS1 company prefix, digits only. */
  readonly companyPrefix: string;
  readonly address: object;
}

/** What a person may be in one tenant. */
export interface Membership {
  readonly tenantId: Id;
  readonly tenantSlug: string;
  readonly tenantName: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly roles: readonly string[];
}

/** The one door to the database. Which door decides as whom we enter, and the database holds us to it. */
export interface Database {
  /** Writing for one tenant, at READ COMMITTED. Rows of others can be neither seen nor made. */
  transaction<T>(
    tenantId: Id,
    work: (tx: Transaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /**
   * Reading for one tenant: every query of `work` sees the same instant, and none can write. It holds a
   * connection until `work` is done, so nothing outside the database may be awaited in it.
   */
  read<T>(tenantId: Id, work: (client: TenantClient) => Promise<T>): Promise<T>;
  /** Finding work over all tenants: sees the tables of running processes only, and may lease what is in them. */
  engine<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** People and sessions, for whoever checks who somebody is. Sees no tenant's data. */
  readonly identity: PrismaClient;
  /** Where a person belongs: the only question asked before a tenant is known. By name of the tenant. */
  membershipsOf(userId: string): Promise<readonly Membership[]>;
  /** All tenants, by slug. */
  tenants(): Promise<readonly Tenant[]>;
  /** Fails with TENANT_EXISTS when the slug is taken. */
  createTenant(tenant: NewTenant): Promise<Tenant>;
  /** Tells all listeners of all servers, once `tx` commits. Up to 8000 bytes, and everybody can hear it: ids, no data. */
  notify(tx: Transaction, channel: string, payload: string): Promise<void>;
  /**
   * Hears notifications until the returned function is called. Reconnects by itself; what was sent while the
   * connection was away is not heard, so look for work from time to time as well.
   */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
