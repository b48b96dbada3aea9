import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Gs1Key, gs1CheckDigit, isGs1Key, isGtin, makeSscc, requireGs1Key } from './gs1.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength, maxLength });

describe('GS1 keys carry a modulo 10 check digit', () => {
  test.each<[Gs1Key, string]>([
    ['GTIN-8', '96385074'],
    ['GTIN-12', '614141000036'],
    ['GTIN-13', '4006381333931'],
    ['GTIN-14', '10614141000415'],
    ['GLN', '0614141000012'],
    ['SSCC', '106141412345678908'],
  ])('%s %s', (key, value) => {
    expect(isGs1Key(key, value)).toBe(true);
    expect(gs1CheckDigit(value.slice(0, -1))).toBe(Number(value.at(-1)));
  });

  test('a GTIN is known by any of its lengths', () => {
    expect(['96385074', '614141000036', '4006381333931', '10614141000415'].map(isGtin)).not.toContain(false);
    expect(['106141412345678908', '614141000037', ''].map(isGtin)).not.toContain(true);
  });

  test('any single wrong digit is found', () => {
    const bodies = digits(12, 12);
    fc.assert(
      fc.property(bodies, fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const gln = `${body}${gs1CheckDigit(body)}`;
        const wrong = String((Number(gln[at]) + shift) % 10);
        expect(isGs1Key('GLN', `${gln.slice(0, at)}${wrong}${gln.slice(at + 1)}`)).toBe(false);
      }),
    );
  });

  test.each([
    ['06141410000AB', 'GS1_DIGITS'],
    ['061414100001', 'GS1_LENGTH'],
    ['0614141000013', 'GS1_CHECK_DIGIT'],
  ])('%s is refused as a GLN: %s', (value, code) => {
    expect(() => requireGs1Key('GLN', value, 'location.gln')).toThrowError(
      expect.objectContaining({ code, field: 'location.gln' }),
    );
  });
});

describe('an SSCC is made from a company prefix and a serial', () => {
  test('the example of the specification', () => {
    expect(makeSscc({ extensionDigit: 1, companyPrefix: '0614141', serial: 234567890n })).toBe(
      '106141412345678908',
    );
  });

  test('different serials give different, valid codes', () => {
    const prefix = digits(4, 12);
    fc.assert(
      fc.property(prefix, fc.bigInt({ min: 0n, max: 9998n }), (companyPrefix, serial) => {
        const sscc = makeSscc({ extensionDigit: 0, companyPrefix, serial });
        expect(isGs1Key('SSCC', sscc)).toBe(true);
        expect(makeSscc({ extensionDigit: 0, companyPrefix, serial: serial + 1n })).not.toBe(sscc);
      }),
    );
  });

  test.each([
    [{ extensionDigit: 10, companyPrefix: '0614141', serial: 1n }, 'extensionDigit'],
    [{ extensionDigit: 0, companyPrefix: '061', serial: 1n }, 'companyPrefix'],
    [{ extensionDigit: 0, companyPrefix: '061414', serial: 10n ** 10n }, 'serial'],
    [{ extensionDigit: 0, companyPrefix: '061414', serial: -1n }, 'serial'],
  ])('%o is refused by its %s', (parts, field) => {
    expect(() => makeSscc(parts)).toThrowError(expect.objectContaining({ field }));
  });
});
