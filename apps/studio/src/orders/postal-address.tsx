export interface PostalAddressProps {
  readonly address: {
    readonly name: string;
    readonly lines: readonly string[];
    readonly city: string;
    readonly region: string | null;
    readonly postalCode: string;
    readonly country: string;
  };
}

/** An address as it stands on a parcel, from the receiver to the country. */
export function PostalAddress({ address }: PostalAddressProps) {
  const { name, lines, city, region, postalCode, country } = address;
  const place = [city, region, postalCode].filter(Boolean).join(' ');
  const shown = [name, ...lines, [place, country].filter(Boolean).join(', ')].filter(Boolean);
  return shown.map((line) => (
    <span key={line} className="block">
      {line}
    </span>
  ));
}
