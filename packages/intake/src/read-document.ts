import { assert } from '@orderloom/kernel';
import type { IntakeProblem, OrderDraft, PartyReference } from '@orderloom/orders';
import { decodeText } from './decode-text.ts';
import { detectFormat } from './detect-format.ts';
import { intakeProblem } from './errors.ts';
import { acknowledge, type JudgedInterchange } from './x12/acknowledge-997.ts';
import { checkGroup, checkInterchange, checkSet } from './x12/check-envelope.ts';
import { finding, type Finding, isRejection, locateInFile } from './x12/finding.ts';
import {
  type FunctionalGroup,
  type Interchange,
  interchangeParty,
  readInterchanges,
  type StrayText,
  type TransactionSet,
} from './x12/read-interchange.ts';
import { element } from './x12/segment.ts';
import { readPurchaseOrder } from './x12/transaction-850.ts';

/** One purchase order of a document. */
export interface IntakeTransaction {
  /** Null when the document does not even say which order it is. */
  readonly draft: OrderDraft | null;
  /** With a rejection among them the order is not taken in; otherwise they are exceptions for a person. */
  readonly problems: readonly IntakeProblem[];
  /** Control numbers as sent: ISA13, GS06 (`''` outside a group), ST02. */
  readonly control: { readonly interchange: string; readonly group: string; readonly transaction: string };
}

export interface IntakeReading {
  readonly format: 'x12-850' | 'unknown';
  readonly sender: PartyReference | null;
  /** The purchase orders, in the order of the document. */
  readonly transactions: readonly IntakeTransaction[];
  /** Of the envelope or the whole file; other transaction sets than the 850 are named here. */
  readonly problems: readonly IntakeProblem[];
  /**
   * The answer to the sender (997, TA1), once the business outcome of each transaction is known: one outcome
   * for each of `transactions`. A transaction with a rejection is refused whatever its outcome says. The
   * control number (1 to 999999999) must be new for this partner. Null when there is nobody to answer.
   */
  acknowledge(
    outcomes: readonly { readonly accepted: boolean }[],
    options: { readonly controlNumber: number; readonly now: Date },
  ): string | null;
}

/**
 * Reads a document that arrived, whatever it is. Never throws for what the bytes hold: an unreadable document
 * is a problem with a located reason.
 */
export function readDocument(bytes: Uint8Array, options: { readonly fileName?: string } = {}): IntakeReading {
  const document = decodeText(bytes);
  const format = detectFormat(document.text);
  const located = options.fileName ?? 'document';
  if (format.kind === 'empty') {
    return refused(
      intakeProblem('INTAKE_EMPTY', located, `The document holds nothing: ${bytes.length} bytes.`),
    );
  }
  if (format.kind === 'other') {
    const message = `This is ${format.what}; X12 850 purchase orders are supported.`;
    return refused(intakeProblem('INTAKE_UNSUPPORTED', located, message));
  }
  const { interchanges, strays } = readInterchanges(document);
  return answerable(interchanges.map(readInterchange), strays.map(strayProblem));
}

function refused(problem: IntakeProblem): IntakeReading {
  return { format: 'unknown', sender: null, transactions: [], problems: [problem], acknowledge: () => null };
}

/** A transaction set as it was found; `draft` is undefined for other sets than the 850. */
interface ReadSet {
  readonly set: TransactionSet;
  readonly findings: readonly Finding[];
  readonly draft?: OrderDraft | null;
}

interface ReadInterchange {
  readonly interchange: Interchange;
  readonly findings: readonly Finding[];
  readonly groups: readonly {
    readonly group: FunctionalGroup;
    readonly findings: readonly Finding[];
    readonly sets: readonly ReadSet[];
  }[];
}

function readInterchange(interchange: Interchange): ReadInterchange {
  return {
    interchange,
    findings: checkInterchange(interchange),
    groups: interchange.groups.map((group) => ({
      group,
      findings: checkGroup(group),
      sets: group.sets.map((set) => readSet(set, group, interchange)),
    })),
  };
}

function readSet(set: TransactionSet, group: FunctionalGroup, interchange: Interchange): ReadSet {
  const id = element(set.header, 1);
  if (id === '850') {
    const { draft, findings } = readPurchaseOrder(set, interchange);
    return { set, draft, findings: [...checkSet(set, group), ...findings] };
  }
  const name = SET_NAMES.get(id);
  const what = `X12 ${id.slice(0, 10) || '(no transaction set identifier)'}${name ? ` (${name})` : ''}`;
  const message = `Transaction set ${element(set.header, 2)} is ${what}; 850 purchase orders are supported.`;
  const code = /^\d{3}$/.test(id) ? '1' : '6';
  return {
    set,
    findings: [
      finding('INTAKE_UNSUPPORTED', locateInFile(set.header), message, { level: 'transaction', code }),
    ],
  };
}

const SET_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '204': 'motor carrier load tender',
    '210': 'freight invoice',
    '214': 'shipment status',
    '810': 'invoice',
    '820': 'remittance advice',
    '824': 'application advice',
    '830': 'planning schedule',
    '832': 'price catalog',
    '846': 'inventory inquiry or advice',
    '852': 'product activity data',
    '855': 'purchase order acknowledgment',
    '856': 'ship notice',
    '860': 'purchase order change',
    '862': 'shipping schedule',
    '865': 'purchase order change acknowledgment',
    '875': 'grocery purchase order',
    '940': 'warehouse shipping order',
    '945': 'warehouse shipping advice',
    '997': 'functional acknowledgment',
    '999': 'implementation acknowledgment',
  }),
);

function strayProblem({ byte, text }: StrayText): IntakeProblem {
  const start = JSON.stringify(text.slice(0, 40));
  if (text.startsWith('ISA')) {
    const message = `The ISA header cannot be read: it does not have its 16 elements and a terminator. It begins ${start}.`;
    return intakeProblem('INTAKE_ENVELOPE_UNREADABLE', `ISA (byte ${byte})`, message);
  }
  return intakeProblem(
    'INTAKE_STRAY',
    `byte ${byte}`,
    `${text.length} characters, ${start} …, belong to no interchange.`,
  );
}

function answerable(read: readonly ReadInterchange[], strays: readonly IntakeProblem[]): IntakeReading {
  const orders = read.flatMap(({ interchange, groups }) =>
    groups.flatMap(({ group, sets }) =>
      sets.flatMap(({ set, draft, findings }) =>
        draft === undefined ? [] : [{ interchange, group, set, draft, findings }],
      ),
    ),
  );
  const others = read
    .flatMap(({ groups }) => groups.flatMap(({ sets }) => sets))
    .filter(({ draft }) => draft === undefined);
  const around = read.flatMap(({ findings, groups }) => [
    ...findings,
    ...groups.flatMap((group) => group.findings),
  ]);
  const problemsOf = (findings: readonly Finding[]) => findings.map(({ problem }) => problem);

  return {
    format: orders.length > 0 ? 'x12-850' : 'unknown',
    sender: read[0] ? interchangeParty(read[0].interchange.header, 'sender') : null,
    transactions: orders.map(({ interchange, group, set, draft, findings }) => ({
      draft,
      problems: problemsOf(findings),
      control: {
        interchange: element(interchange.header, 13),
        group: group.header ? element(group.header, 6) : '',
        transaction: element(set.header, 2),
      },
    })),
    problems: [...strays, ...problemsOf(around), ...others.flatMap(({ findings }) => problemsOf(findings))],
    acknowledge(outcomes, options) {
      assert(outcomes.length === orders.length, `one outcome for each of ${orders.length} transactions`);
      const accepted = new Set(orders.filter((_, at) => outcomes[at]?.accepted).map(({ set }) => set));
      return acknowledge(judge(read, accepted), options);
    },
  };
}

function judge(read: readonly ReadInterchange[], accepted: ReadonlySet<TransactionSet>): JudgedInterchange[] {
  return read.map(({ interchange, findings, groups }) => ({
    interchange,
    findings,
    groups: groups.map(({ group, findings, sets }) => ({
      group,
      findings,
      sets: sets.map(({ set, findings }) => ({
        set,
        findings,
        accepted: accepted.has(set) && !findings.some(isRejection),
      })),
    })),
  }));
}
