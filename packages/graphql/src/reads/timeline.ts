import type { Context } from '../context.ts';
import { loadMany } from '../loader.ts';
import { actorName } from './people.ts';
import { historyOf, instancesOf, nameOf, nodeOf, type InstanceRow } from './processes.ts';

export interface TimelineEntry {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly actorName: string;
  readonly kind: 'RECORD' | 'PROCESS';
  readonly action: string;
  readonly elementId: string | null;
  readonly elementName: string | null;
  readonly reason: string | null;
  readonly data: unknown;
}

const auditOf = loadMany(
  (client, orderIds) =>
    client.auditEvent.findMany({
      where: { orderId: { in: orderIds } },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
    }),
  ({ orderId }) => orderId ?? '',
);

/** What happened to an order the viewer may read, the oldest first: its records and the steps of its processes. */
export async function timelineOf(context: Context, orderId: string): Promise<readonly TimelineEntry[]> {
  const [records, instances] = await Promise.all([auditOf(context, orderId), instancesOf(context, orderId)]);
  const [main] = instances;
  const recorded = records.map(
    async ({ id, at, actor, actorName, action, reason, data }): Promise<TimelineEntry> => {
      const elementId = elementOf(data);
      const elementName = elementId && main ? await elementNameOf(context, main, elementId) : elementId;
      return { id, at, actor, actorName, kind: 'RECORD', action, elementId, elementName, reason, data };
    },
  );
  const steps = instances.map((instance) => stepsOf(context, instance));
  const entries = await Promise.all([...recorded, ...steps]);
  // Stable: of one instant, the record of what was done comes before the steps it caused.
  return entries.flat().toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function elementOf(data: unknown): string | null {
  const element = (data as { readonly element?: unknown } | null)?.element;
  return typeof element === 'string' ? element : null;
}

async function elementNameOf(context: Context, instance: InstanceRow, element: string): Promise<string> {
  return nameOf(await nodeOf(context, instance.id, element), context.language, element);
}

/** Bookkeeping that the diagram shows and that would drown the rest. */
const untold: ReadonlySet<string> = new Set(['flow.taken', 'variables.set', 'condition.evaluated']);

async function stepsOf(context: Context, instance: InstanceRow): Promise<readonly TimelineEntry[]> {
  const events = await historyOf(context, instance.id);
  const left = new Map(
    events
      .filter(({ type }) => type === 'element.completed' || type === 'element.cancelled')
      .map(({ data, at }) => [visitOf(data), at.getTime()]),
  );
  // An element that was entered and left in one instant is told once, by its leaving.
  const told = events.filter(
    ({ type, data, at }) =>
      !untold.has(type) && !(type === 'element.entered' && left.get(visitOf(data)) === at.getTime()),
  );
  return Promise.all(
    told.map(async ({ sequence, type, element, data, at, actor }): Promise<TimelineEntry> => {
      const reason = (data as { readonly reason?: unknown }).reason;
      return {
        id: `${instance.id}:${sequence}`,
        at,
        actor,
        actorName: await actorName(context, actor),
        kind: 'PROCESS',
        action: type,
        elementId: element,
        elementName: element === null ? null : await elementNameOf(context, instance, element),
        reason: typeof reason === 'string' ? reason : null,
        data,
      };
    }),
  );
}

function visitOf(data: unknown): string {
  return (data as { readonly id?: string }).id ?? '';
}
