/** A good purchase order for tests to spoil: what stands between ST and SE. */
export const ORDER: readonly string[] = [
  'BEG*00*SA*PO-7**20260302',
  'CUR*BY*USD',
  'DTM*002*20260312',
  'N1*BY*Northwind Outfitters*UL*0614141000005',
  'N1*ST*Northwind Portland*UL*0614141000012',
  'N3*1420 Harbor Way',
  'N4*Portland*OR*97205*US',
  'PO1*1*4*EA*129.00*PE*VN*LOOM-CHAIR-OAK',
  'PID*F****Oak chair',
  'PO1*2*10*EA*59.50*PE*VN*LOOM-LAMP-BRASS*UP*614141000036',
  'CTT*2*14',
  'AMT*TT*1111.00',
];

/** Header and trailer segments by their id, to put wrong ones in place of the right ones. */
export type Envelope = Readonly<Record<string, string | null>>;

/** The segments of an interchange around one transaction set, with right counts unless told otherwise. */
export function interchangeOf(body: readonly string[] = ORDER, envelope: Envelope = {}): string[] {
  const right: Envelope = {
    ISA: 'ISA*00*          *00*          *ZZ*NORTHWIND01    *ZZ*ORDERLOOM      *260302*0815*U*00401*000000101*0*P*>',
    GS: 'GS*PO*NORTHWIND01*ORDERLOOM*20260302*0815*101*X*004010',
    ST: 'ST*850*0001',
    SE: `SE*${body.length + 2}*0001`,
    GE: 'GE*1*101',
    IEA: 'IEA*1*000000101',
  };
  const segment = (id: string) => (envelope[id] === undefined ? right[id] : envelope[id]) ?? [];
  return [
    segment('ISA'),
    segment('GS'),
    segment('ST'),
    body,
    segment('SE'),
    segment('GE'),
    segment('IEA'),
  ].flat(2);
}

export function bytesOf(segments: readonly string[], terminator = '~\n'): Uint8Array {
  return new TextEncoder().encode(segments.map((segment) => `${segment}${terminator}`).join(''));
}

/** The good order with the segments that start so replaced; null takes them out. */
export function spoil(changes: Readonly<Record<string, string | null>>): string[] {
  return ORDER.flatMap((segment) => {
    const start = Object.keys(changes).find((start) => segment.startsWith(start));
    return start === undefined ? [segment] : (changes[start] ?? []);
  });
}
