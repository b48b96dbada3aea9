import { createHash } from 'node:crypto';
import { authorize } from '@orderloom/access';
import { nextNumber } from '@orderloom/database';
import { fail, newId } from '@orderloom/kernel';
import { readDocument, type IntakeReading, type IntakeTransaction } from '@orderloom/intake';
import type { IntakeProblem } from '@orderloom/orders';
import { formatActor, type Step } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import type { OperationErrorCode } from './errors.ts';
import { placeOrder } from './place-order.ts';
import { resolveDraft } from './resolve-draft.ts';

export type Disposition = 'accepted' | 'exceptions' | 'duplicate' | 'rejected';

export interface IntakeOutcome {
  readonly documentId: string;
  /** `mixed` when the transactions of the document fared differently. */
  readonly disposition: Disposition | 'mixed';
  readonly transactions: readonly TransactionOutcome[];
  /** Of the envelope or the document as a whole. */
  readonly problems: readonly IntakeProblem[];
  /** The answer to the sender: X12 997, and TA1 for a bad envelope. Null when nobody can be answered. */
  readonly acknowledgement: string | null;
}

export interface TransactionOutcome {
  readonly control: IntakeTransaction['control'];
  readonly disposition: Disposition;
  readonly order: { readonly id: string; readonly number: string } | null;
  readonly problems: readonly IntakeProblem[];
}

export interface DocumentToTakeIn {
  /** How it arrived: `command-line`, `http`, `studio`. */
  readonly channel: string;
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
}

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Takes in a document of any channel. It is kept as it arrived, whatever becomes of it; each order in it
 * is placed, found to be placed before, or rejected with located reasons. A rejected document can be
 * taken in again once what it names was mended.
 */
export async function takeInDocument(call: Call, document: DocumentToTakeIn): Promise<IntakeOutcome> {
  const { principal } = call;
  authorize(principal, 'create', 'Intake');
  requireContent(document);
  const sha256 = createHash('sha256').update(document.bytes).digest('hex');
  const reading = readDocument(
    document.bytes,
    document.fileName === null ? {} : { fileName: document.fileName },
  );

  const request = { sha256, fileName: document.fileName };
  return perform(call, 'takeInDocument', request, async (step) => {
    const documentId = newId();
    await storeDocument(step, call, documentId, document, sha256, reading);

    // What is odd about the envelope is a reason to look at every order in it.
    const envelope = reading.problems.filter(({ severity }) => severity === 'exception');
    const transactions: TransactionOutcome[] = [];
    for (const transaction of reading.transactions) {
      transactions.push(await takeInTransaction(step, call, documentId, transaction, envelope));
    }
    const acknowledgement = reading.acknowledge(
      transactions.map(({ disposition }) => ({ accepted: disposition !== 'rejected' })),
      {
        controlNumber: Number(await nextNumber(step.tx, principal.tenantId, 'x12:interchange')),
        now: step.now,
      },
    );
    const disposition = overall(transactions);
    await step.tx.query(
      `update intake_document set disposition = $3, results = $4, acknowledgement = $5
        where tenant_id = $1 and id = $2`,
      [principal.tenantId, documentId, disposition, JSON.stringify(transactions), acknowledgement],
    );
    await recordDeeds(step.tx, [
      {
        tenantId: principal.tenantId,
        orderId: null,
        action: 'document.taken-in',
        actor: actorOf(principal),
        data: { documentId, channel: document.channel, disposition, transactions: transactions.length },
        at: step.now,
      },
    ]);
    return { documentId, disposition, transactions, problems: reading.problems, acknowledgement };
  });
}

async function takeInTransaction(
  step: Step,
  { principal }: Call,
  documentId: string,
  { draft, problems, control }: IntakeTransaction,
  envelope: readonly IntakeProblem[],
): Promise<TransactionOutcome> {
  const rejected = (more: readonly IntakeProblem[]): TransactionOutcome => ({
    control,
    disposition: 'rejected',
    order: null,
    problems: [...problems, ...more],
  });
  if (draft === null || problems.some(({ severity }) => severity === 'rejection')) return rejected([]);

  const resolved = await resolveDraft(step.tx, principal.tenantId, draft);
  if ('rejections' in resolved) return rejected(resolved.rejections);

  const exceptions = [...problems, ...resolved.order.exceptions];
  const { id, number, created } = await placeOrder(
    step,
    principal.tenantId,
    actorOf(principal),
    { ...resolved.order, exceptions: [...envelope, ...exceptions] },
    documentId,
  );
  if (!created) {
    return {
      control,
      disposition: 'duplicate',
      order: { id, number },
      problems: [duplicateOf(number, draft.externalId)],
    };
  }
  const disposition = exceptions.length > 0 ? 'exceptions' : 'accepted';
  return { control, disposition, order: { id, number }, problems: exceptions };
}

function requireContent({ bytes, fileName }: DocumentToTakeIn): void {
  const name = fileName ?? 'The document';
  if (bytes.length === 0) {
    fail('INTAKE_EMPTY' satisfies OperationErrorCode, `${name} is empty.`, {
      field: 'content',
      fix: 'Send the document itself.',
    });
  }
  if (bytes.length > MAX_BYTES) {
    fail('INTAKE_TOO_LARGE' satisfies OperationErrorCode, `${name} has ${bytes.length} bytes.`, {
      field: 'content',
      fix: `Split it into documents of at most ${MAX_BYTES} bytes.`,
    });
  }
}

async function storeDocument(
  step: Step,
  { principal }: Call,
  documentId: string,
  { channel, fileName, bytes }: DocumentToTakeIn,
  sha256: string,
  reading: IntakeReading,
): Promise<void> {
  await step.tx.query(
    `insert into intake_document (tenant_id, id, channel, file_name, sha256, content, format, received_at,
                                  received_by, disposition, results, problems)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'rejected', '[]', $10)`,
    [
      principal.tenantId,
      documentId,
      channel,
      fileName,
      sha256,
      Buffer.from(bytes),
      reading.format,
      step.now,
      formatActor(actorOf(principal)),
      JSON.stringify(reading.problems),
    ],
  );
}

function overall(transactions: readonly TransactionOutcome[]): IntakeOutcome['disposition'] {
  const [first = 'rejected', ...others] = new Set(transactions.map(({ disposition }) => disposition));
  return others.length === 0 ? first : 'mixed';
}

function duplicateOf(number: string, externalId: string): IntakeProblem {
  return {
    code: 'INTAKE_DUPLICATE' satisfies OperationErrorCode,
    severity: 'exception',
    message: `Purchase order ${externalId} was taken in before; it is order ${number}.`,
    located: 'BEG03',
    fix: 'Nothing has to be done. To change the order, send a change instead.',
  };
}
