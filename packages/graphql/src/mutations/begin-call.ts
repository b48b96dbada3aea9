import type { Call } from '@orderloom/operations';
import { viewerOf, type Context } from '../context.ts';

/** What an operation is called with. Reading ends here, so that the answer shows what the operation wrote. */
export async function beginCall(context: Context, idempotencyKey: string): Promise<Call> {
  await context.reader.close();
  return { platform: context.platform, principal: viewerOf(context).principal, idempotencyKey };
}
