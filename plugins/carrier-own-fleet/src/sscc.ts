import { PluginError } from '@orderloom/plugin-sdk';

/** Rejects with SSCC_CHECK_DIGIT unless the last digit is right (GS1 General Specifications, 7.9: modulo 10). */
export function checkSscc(sscc: string): void {
  const expected = checkDigit(sscc.slice(0, -1));
  if (sscc.endsWith(expected)) return;
  throw PluginError.rejected(
    'SSCC_CHECK_DIGIT',
    `The SSCC ${sscc} should end in ${expected}; it was mistyped or misread.`,
  );
}

/** Digits weigh 3 and 1 in turn from the right; the check digit fills their sum up to a multiple of ten. */
export function checkDigit(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
