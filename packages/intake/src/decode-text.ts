/** A document as text, and what is needed to say at which byte of the file a character stands. */
export interface DecodedText {
  readonly text: string;
  /** Bytes before the text: a byte order mark. */
  readonly start: number;
  readonly byteLength: (part: string) => number;
}

/**
 * The text of a document, whatever its sender wrote it with: UTF-8 or UTF-16 with a byte order mark, UTF-8
 * without one, and windows-1252 for everything that is not valid UTF-8. Never fails.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const marked = (...mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte);
  if (marked(0xff, 0xfe)) return utf16(bytes, 'utf-16le');
  if (marked(0xfe, 0xff)) return utf16(bytes, 'utf-16be');
  const start = marked(0xef, 0xbb, 0xbf) ? 3 : 0;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const byteLength =
      text.length === bytes.length ? countUnits : (part: string) => Buffer.byteLength(part, 'utf8');
    return { text, start, byteLength };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), start: 0, byteLength: countUnits };
  }
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), start: 2, byteLength: (part) => part.length * 2 };
}

function countUnits(part: string): number {
  return part.length;
}
