import { createHash } from 'node:crypto';
import type { Batch } from './batch.ts';

interface Lock {
  readonly hash: string;
  readonly exclusive: boolean;
}

/**
 * Keeps "I look into the buffer, then subscribe" and "I look for a subscriber, then buffer" of different
 * transactions apart: both hold the lock of the message's name and key until they end. Who waits for any
 * key of a name keeps all others of that name away; a key keeps away its equals.
 */
export async function lockMessages(
  batch: Batch,
  senders: readonly { readonly name: string; readonly correlationKey: string | null }[],
  receivers: readonly { readonly message: string; readonly correlationKey: string | null }[],
): Promise<void> {
  const locks = new Map<string, Lock>();
  const add = (name: string, key: string | null, exclusive: boolean) => {
    const held = JSON.stringify([name, key, exclusive]);
    if (batch.messageLocks.has(held)) return;
    batch.messageLocks.add(held);
    const hash = hashOf(batch.tenantId, name, key);
    if (exclusive || !locks.has(hash)) locks.set(hash, { hash, exclusive });
  };
  for (const { name, correlationKey } of senders) {
    add(name, null, false);
    add(name, correlationKey ?? '', true);
  }
  for (const { message, correlationKey } of receivers) {
    add(message, null, correlationKey === null);
    if (correlationKey !== null) add(message, correlationKey, true);
  }
  if (locks.size === 0) return;
  const sorted = [...locks.values()].toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  await batch.tx.query(
    `select case when exclusive then pg_advisory_xact_lock(hash)::text
                 else pg_advisory_xact_lock_shared(hash)::text end
       from unnest($1::bigint[], $2::boolean[]) as l(hash, exclusive)`,
    [sorted.map((lock) => lock.hash), sorted.map((lock) => lock.exclusive)],
  );
}

function hashOf(tenantId: string, name: string, key: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, name, key]))
    .digest()
    .readBigInt64BE()
    .toString();
}
