/** A UUIDv7 in its canonical text form (RFC 9562, 5.7): sortable by time of creation, opaque otherwise. */
export type Id = string;

let lastMs = 0;
let sequence = 0;
const random = new Uint8Array(8);

/**
 * A new id. Ids made in one process sort in the order they were made: the 12 bits after the time
 * are a counter within the millisecond (RFC 9562, 6.2, method 1).
 */
export function newId(nowMs: number = Date.now()): Id {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastMs += 1;
    sequence = 0;
  }
  crypto.getRandomValues(random);
  const time = lastMs.toString(16).padStart(12, '0');
  const counter = sequence.toString(16).padStart(3, '0');
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((random[0]! & 0x3f) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${tail.slice(2, 4)}-${tail.slice(4, 16)}`;
}
