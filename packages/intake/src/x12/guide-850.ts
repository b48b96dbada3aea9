import type { ElementRule, SegmentRule, TransactionGuide } from './check-transaction.ts';

const text = (name: string, reference: number): ElementRule => ({ name, reference, type: 'text' });
const code = (name: string, reference: number, min: number, max: number): ElementRule => ({
  name,
  reference,
  type: 'code',
  length: [min, max],
});
const number = (name: string, reference: number): ElementRule => ({ name, reference, type: 'number' });
const date = (name: string, reference: number): ElementRule => ({ name, reference, type: 'date' });
const required = (rule: ElementRule): ElementRule => ({ ...rule, use: 'required' });
/** Without it there is no order, or no line. */
const essential = (rule: ElementRule): ElementRule => ({ ...rule, use: 'essential' });

/**
 * The purchase order as X12 004010 defines it, as far as taking in an order depends on it: the segments this
 * product reads with the elements it reads, and the ids of all others that may stand there.
 */
export const guide850: TransactionGuide = {
  set: '850',
  detail: 'PO1',
  summary: 'CTT',
  segments: new Map(
    Object.entries<SegmentRule>({
      ST: { elements: { 1: required(code('Transaction Set Identifier Code', 143, 3, 3)) } },
      BEG: {
        area: 'heading',
        once: true,
        required: true,
        elements: {
          1: essential(code('Transaction Set Purpose Code', 353, 2, 2)),
          2: required(code('Purchase Order Type Code', 92, 2, 2)),
          3: essential(text('Purchase Order Number', 324)),
          5: required(date('Date', 373)),
        },
      },
      CUR: {
        elements: {
          1: required(code('Entity Identifier Code', 98, 2, 3)),
          2: required(code('Currency Code', 100, 3, 3)),
        },
      },
      DTM: { elements: { 1: required(code('Date/Time Qualifier', 374, 3, 3)), 2: date('Date', 373) } },
      N1: {
        loop: 'N1',
        elements: {
          1: required(code('Entity Identifier Code', 98, 2, 3)),
          3: code('Identification Code Qualifier', 66, 1, 2),
        },
      },
      N3: { loop: 'N1', elements: { 1: required(text('Address Information', 166)) } },
      N4: { loop: 'N1', elements: { 4: code('Country Code', 26, 2, 3) } },
      MSG: { elements: { 1: required(text('Free-form Message Text', 933)) } },
      PO1: {
        required: true,
        elements: {
          2: essential(number('Quantity Ordered', 330)),
          3: code('Unit or Basis for Measurement Code', 355, 2, 2),
          4: number('Unit Price', 212),
          5: code('Basis of Unit Price Code', 639, 2, 2),
        },
      },
      CTT: {
        area: 'summary',
        once: true,
        elements: { 1: required(number('Number of Line Items', 354)), 2: number('Hash Total', 347) },
      },
      AMT: {
        elements: {
          1: required(code('Amount Qualifier Code', 522, 1, 3)),
          2: required(number('Monetary Amount', 782)),
        },
      },
      SE: {
        elements: {
          1: required(number('Number of Included Segments', 96)),
          2: required(text('Transaction Set Control Number', 329)),
        },
      },
    }),
  ),
  others: new Set(
    (
      'ADV CSH CTB CTP DIS FOB G61 IN1 IN2 INC IT3 IT8 ITD LDT LE LIN LM LQ LS MAN MEA MTX N2 N9 NM1 NTE NX2 PAM ' +
      'PCT PER PID PKG PO3 PO4 PWK QTY REF SAC SCH SDQ SI SLN SPI TAX TC2 TD1 TD3 TD4 TD5 TXI UIT'
    ).split(' '),
  ),
};
