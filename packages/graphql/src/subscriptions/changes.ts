import type { Change } from '@orderloom/runtime';
import { Repeater } from 'graphql-yoga';
import { viewerOf, type Context } from '../context.ts';
import { Reader } from '../reader.ts';

/**
 * A stream of what `select` makes of the changes in the viewer's tenant, null for those that are none of the
 * viewer's business. Who the viewer is, is asked again before every event, and the stream ends when they may no
 * longer be here. A slow reader is told once of what changed several times meanwhile, so nothing piles up.
 */
export function changes<Event>(
  context: Context,
  select: (context: Context, changes: readonly Change[]) => Promise<Event | null>,
): AsyncIterable<Event> {
  const tenantId = viewerOf(context).tenant.id;
  return new Repeater<Event>(async (push, stop) => {
    const waiting = new Map<string, Change>();
    let stirred = Promise.withResolvers<void>();
    let stopped = false;
    const ignore = context.platform.runtime.onChange((change) => {
      if (change.tenantId !== tenantId) return;
      waiting.set(change.instanceId, change);
      stirred.resolve();
    });
    void stop.then(() => {
      stopped = true;
      stirred.resolve();
    });
    try {
      for (;;) {
        await stirred.promise;
        if (stopped) return;
        stirred = Promise.withResolvers();
        const told = [...waiting.values()];
        waiting.clear();
        const viewer = await context.findViewer();
        if (viewer?.tenant.id !== tenantId) return;
        const reader = new Reader(context.platform.database, tenantId);
        try {
          const event = await select({ ...context, viewer, reader }, told);
          await reader.close(); // before waiting for the client
          if (event !== null) await push(event);
        } finally {
          await reader.close();
        }
      }
    } finally {
      ignore();
      stop();
    }
  });
}
