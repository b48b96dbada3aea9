import { fail, must, OrderloomError } from '@orderloom/kernel';
import { takeInDocument } from '@orderloom/operations';
import { builder } from '../builder.ts';
import type { GraphqlErrorCode } from '../errors.ts';
import { IntakeDocument } from '../objects.ts';
import { intakeDocumentById, type IntakeDocumentRow } from '../reads/intake.ts';
import { beginCall } from './begin-call.ts';

const TakeInDocumentInput = builder.inputType('TakeInDocumentInput', {
  fields: (t) => ({
    idempotencyKey: t.string(),
    fileName: t.string({ required: false }),
    contentBase64: t.string(),
  }),
});

const TakeInDocumentPayload = builder
  .objectRef<{ readonly document: IntakeDocumentRow }>('TakeInDocumentPayload')
  .implement({ fields: (t) => ({ document: t.expose('document', { type: IntakeDocument }) }) });

builder.mutationField('takeInDocument', (t) =>
  t.field({
    type: TakeInDocumentPayload,
    errors: { types: [OrderloomError], union: { name: 'TakeInDocumentResult' } },
    args: { input: t.arg({ type: TakeInDocumentInput }) },
    resolve: async (_root, { input: { idempotencyKey, fileName, contentBase64 } }, context) => {
      const { documentId } = await takeInDocument(await beginCall(context, idempotencyKey), {
        channel: 'graphql',
        fileName: fileName ?? null,
        bytes: decodeBase64(contentBase64),
      });
      return { document: must(await intakeDocumentById(context, documentId), 'the document just taken in') };
    },
  }),
);

function decodeBase64(text: string): Uint8Array {
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  fail('CONTENT_BASE64' satisfies GraphqlErrorCode, 'The content is not base64.', {
    field: 'contentBase64',
    fix: 'Encode the bytes of the document as base64 (RFC 4648, section 4).',
  });
}
