import { fail } from '@orderloom/kernel';
import type { OrderErrorCode } from './errors.ts';

/** Digits of each GS1 key, check digit included (GS1 General Specifications, section 3). */
const LENGTHS = { 'GTIN-8': 8, 'GTIN-12': 12, 'GTIN-13': 13, 'GTIN-14': 14, GLN: 13, SSCC: 18 } as const;

export type Gs1Key = keyof typeof LENGTHS;

const GTINS = ['GTIN-8', 'GTIN-12', 'GTIN-13', 'GTIN-14'] as const satisfies readonly Gs1Key[];

/**
 * The modulo 10 check digit of the digits before it (GS1 General Specifications, 7.9.1): weights 3 and 1
 * alternate from the right, and the digit fills the sum up to the next ten.
 */
export function gs1CheckDigit(digits: string): number {
  if (!/^\d+$/.test(digits)) refuse('GS1_DIGITS', `${JSON.stringify(digits)} is not all digits.`, 'digits');
  const sum = Array.from(digits).reduceRight(
    ({ total, weight }, digit) => ({ total: total + weight * Number(digit), weight: 4 - weight }),
    { total: 0, weight: 3 },
  );
  return (10 - (sum.total % 10)) % 10;
}

export function isGs1Key(key: Gs1Key, value: string): boolean {
  return gs1Fault(key, value) === null;
}

/** Whether the value is a GTIN of any length: 8, 12, 13 or 14 digits with the right check digit. */
export function isGtin(value: string): boolean {
  return GTINS.some((key) => isGs1Key(key, value));
}

/** The value, when it is a well-formed key; otherwise fails naming the field and the mistake. */
export function requireGs1Key(key: Gs1Key, value: string, field: string): string {
  const fault = gs1Fault(key, value);
  if (fault) refuse(fault.code, fault.message, field);
  return value;
}

/**
 * A serial shipping container code (GS1 General Specifications, 3.3.1): extension digit, company prefix,
 * serial reference padded to 16 digits together with the prefix, check digit. A serial is used once, ever.
 */
export function makeSscc(parts: {
  readonly extensionDigit: number;
  readonly companyPrefix: string;
  readonly serial: bigint;
}): string {
  const { extensionDigit, companyPrefix, serial } = parts;
  if (!Number.isInteger(extensionDigit) || extensionDigit < 0 || extensionDigit > 9) {
    refuse('GS1_DIGITS', `The extension digit ${extensionDigit} is not one of 0 to 9.`, 'extensionDigit');
  }
  if (!/^\d{4,12}$/.test(companyPrefix)) {
    refuse(
      'GS1_LENGTH',
      `The company prefix ${JSON.stringify(companyPrefix)} is not 4 to 12 digits.`,
      'companyPrefix',
    );
  }
  const room = 16 - companyPrefix.length;
  if (serial < 0n || serial.toString().length > room) {
    refuse(
      'GS1_LENGTH',
      `The serial ${serial} does not fit the ${room} digits beside the company prefix.`,
      'serial',
    );
  }
  const body = `${extensionDigit}${companyPrefix}${serial.toString().padStart(room, '0')}`;
  return `${body}${gs1CheckDigit(body)}`;
}

function gs1Fault(key: Gs1Key, value: string): { code: OrderErrorCode; message: string } | null {
  const quoted = JSON.stringify(value);
  if (!/^\d*$/.test(value)) return { code: 'GS1_DIGITS', message: `${quoted} is not all digits.` };
  if (value.length !== LENGTHS[key]) {
    return {
      code: 'GS1_LENGTH',
      message: `${quoted} has ${value.length} digits; a ${key} has ${LENGTHS[key]}.`,
    };
  }
  const expected = gs1CheckDigit(value.slice(0, -1));
  if (Number(value.at(-1)) === expected) return null;
  return {
    code: 'GS1_CHECK_DIGIT',
    message: `${quoted} ends in ${value.at(-1)}; its check digit is ${expected}.`,
  };
}

function refuse(code: OrderErrorCode, message: string, field: string): never {
  fail(code, message, { field, fix: 'Compare the number with the one GS1 or the label issued.' });
}
