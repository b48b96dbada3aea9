import { createHash } from 'node:crypto';
import { PluginError } from '@orderloom/plugin-sdk';
import { checkDigit } from './sscc.ts';

export interface Booking {
  readonly carrierRef: string;
  readonly trackingNumber: string;
}

/**
 * The fleet books nothing anywhere else: a booking is its two numbers, derived from the idempotency key, so
 * that a step that is tried again gets the booking it already had.
 */
export function bookingOf(idempotencyKey: string): Booking {
  const hash = createHash('sha256').update(idempotencyKey).digest('hex');
  const digits = String(BigInt(`0x${hash.slice(0, 15)}`) % 10n ** 12n).padStart(12, '0');
  return { carrierRef: `own-fleet-${hash.slice(0, 32)}`, trackingNumber: `OF${digits}${checkDigit(digits)}` };
}

/** Rejects with TRACKING_NUMBER_UNKNOWN what cannot be a number of ours. */
export function checkTrackingNumber(trackingNumber: string): void {
  const [, digits, check] = /^OF(\d{12})(\d)$/.exec(trackingNumber) ?? [];
  if (digits !== undefined && checkDigit(digits) === check) return;
  throw PluginError.rejected(
    'TRACKING_NUMBER_UNKNOWN',
    `"${trackingNumber}" is not a tracking number of the own fleet.`,
  );
}
