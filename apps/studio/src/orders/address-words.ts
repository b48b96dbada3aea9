export interface PostalAddress {
  readonly name: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly country: string;
}

/** An address on one line, from the receiver to the country. */
export function addressWords({ name, lines, city, region, postalCode, country }: PostalAddress): string {
  const place = [city, region, postalCode].filter(Boolean).join(' ');
  return [name, ...lines, place, country].filter(Boolean).join(', ');
}
