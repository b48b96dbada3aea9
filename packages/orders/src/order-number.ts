import { fail } from '@orderloom/kernel';
import type { OrderErrorCode } from './errors.ts';

/** The number people call an order by, `SO-2026-000123`: one series a tenant and year, starting at 1. */
export function orderNumber(year: number, sequence: bigint): string {
  if (!Number.isInteger(year) || year < 2000 || year > 9999 || sequence < 1n) {
    fail('ORDER_NUMBER' satisfies OrderErrorCode, `There is no order ${sequence} of the year ${year}.`, {
      fix: 'Use a year of four digits and a sequence from 1.',
    });
  }
  return `SO-${year}-${sequence.toString().padStart(6, '0')}`;
}
