import type { TransactionOutcome } from '@orderloom/operations';
import type { IntakeProblem as Problem } from '@orderloom/orders';
import { builder } from '../builder.ts';
import { IntakeDocument, IntakeProblem, IntakeTransaction, Order } from '../objects.ts';
import { connectionOf } from '../page.ts';
import { intakeDocumentById, listIntakeDocuments } from '../reads/intake.ts';
import { orderById } from '../reads/orders.ts';
import { actorName } from '../reads/people.ts';

const dispositions = ['ACCEPTED', 'EXCEPTIONS', 'DUPLICATE', 'REJECTED', 'MIXED'] as const;
const IntakeDisposition = builder.enumType('IntakeDisposition', { values: dispositions });

const inCapitals = (disposition: string) => disposition.toUpperCase() as (typeof dispositions)[number];

IntakeProblem.implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    severity: t.exposeString('severity', { description: '`rejection` or `exception`.' }),
    message: t.exposeString('message'),
    located: t.exposeString('located', { description: 'Where in the document.' }),
    fix: t.exposeString('fix'),
  }),
});

IntakeTransaction.implement({
  description: 'One order within a document.',
  fields: (t) => ({
    control: t.string({
      description: 'Its control numbers in the document: interchange, group and transaction.',
      resolve: ({ control }) => [control.interchange, control.group, control.transaction].join('/'),
    }),
    disposition: t.field({ type: IntakeDisposition, resolve: ({ disposition }) => inCapitals(disposition) }),
    order: t.field({
      type: Order,
      nullable: true,
      resolve: ({ order }, _args, context) => order && orderById(context, order.id),
    }),
    problems: t.field({ type: [IntakeProblem], resolve: ({ problems }) => problems }),
  }),
});

IntakeDocument.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    channel: t.exposeString('channel'),
    fileName: t.exposeString('fileName', { nullable: true }),
    format: t.exposeString('format'),
    receivedAt: t.expose('receivedAt', { type: 'DateTime' }),
    receivedBy: t.string({
      description: 'Name of who sent it.',
      resolve: ({ receivedBy }, _args, context) => actorName(context, receivedBy),
    }),
    disposition: t.field({ type: IntakeDisposition, resolve: ({ disposition }) => inCapitals(disposition) }),
    transactions: t.field({
      type: [IntakeTransaction],
      resolve: ({ results }) => results as unknown as readonly TransactionOutcome[],
    }),
    problems: t.field({
      type: [IntakeProblem],
      description: 'Of the document as a whole.',
      resolve: ({ problems }) => problems as unknown as readonly Problem[],
    }),
    acknowledgement: t.exposeString('acknowledgement', {
      nullable: true,
      description: 'The answer to the sender, such as an X12 997; null when nobody can be answered.',
    }),
  }),
});

const IntakeDocumentConnection = connectionOf('IntakeDocument', IntakeDocument);

builder.queryFields((t) => ({
  intakeDocument: t.field({
    type: IntakeDocument,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, { id }, context) => intakeDocumentById(context, id),
  }),
  intakeDocuments: t.field({
    type: IntakeDocumentConnection,
    description: 'Newest first.',
    args: { first: t.arg.int({ defaultValue: 25 }), after: t.arg.string({ required: false }) },
    resolve: (_root, args, context) => listIntakeDocuments(context, args),
  }),
}));
