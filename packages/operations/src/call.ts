import type { Principal } from '@orderloom/access';
import { withIdempotencyKey } from '@orderloom/database';
import type { Actor, Step } from '@orderloom/runtime';
import type { Platform } from './platform.ts';

/** Who asks for an operation, and where. The first argument of every operation. */
export interface Call {
  readonly platform: Platform;
  readonly principal: Principal;
  /** The same key with the same input gives the stored answer; with another input it is refused. */
  readonly idempotencyKey?: string;
}

export function actorOf({ kind, id, name }: Principal): Actor {
  return { kind, id, name };
}

/**
 * Runs one operation: its writes and every process step they cause, in one transaction, once per
 * idempotency key. `request` is what the key stands for.
 */
export function perform<T>(
  call: Call,
  operation: string,
  request: unknown,
  work: (step: Step) => Promise<T>,
): Promise<T> {
  const { platform, principal, idempotencyKey } = call;
  const { tenantId } = principal;
  return platform.runtime.transact(tenantId, actorOf(principal), (step) =>
    idempotencyKey === undefined
      ? work(step)
      : withIdempotencyKey(step.tx, { tenantId, operation, key: idempotencyKey, request }, () => work(step)),
  );
}
