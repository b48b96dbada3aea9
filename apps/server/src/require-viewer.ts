import type { Viewer } from '@orderloom/graphql';
import { fail } from '@orderloom/kernel';
import type { ServerErrorCode } from './errors.ts';
import type { FindViewer } from './find-viewer.ts';

/** Fails with UNAUTHENTICATED when nobody is signed in. */
export async function requireViewer(findViewer: FindViewer, headers: Headers): Promise<Viewer> {
  return (
    (await findViewer(headers)) ??
    fail('UNAUTHENTICATED' satisfies ServerErrorCode, 'Nobody is signed in.', {
      fix: 'Sign in, or send the session token as a bearer token.',
    })
  );
}
