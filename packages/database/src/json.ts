/** JSON for a column that people and other programs read: a `bigint` is written as text with all its digits. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));

/** JSON from which {@link decodeJson} makes the same value again, `bigint` included. */
export const encodeJson = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'bigint' ? { $bigint: item.toString() } : item,
  );

export const decodeJson = (text: string): unknown =>
  JSON.parse(text, (_, item: unknown) => (isEncodedBigint(item) ? BigInt(item.$bigint) : item));

/** One text for one value, whatever the order in which its fields were written. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(sorted(JSON.parse(encodeJson(value))));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, item]) => [name, sorted(item)]));
};

const isEncodedBigint = (value: unknown): value is { $bigint: string } =>
  typeof value === 'object' &&
  value !== null &&
  '$bigint' in value &&
  typeof value.$bigint === 'string' &&
  /^-?\d+$/.test(value.$bigint) &&
  Object.keys(value).length === 1;
