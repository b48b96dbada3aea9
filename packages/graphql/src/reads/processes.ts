import { compileProcesses, type ProcessModel, type ProcessNode } from '@orderloom/bpmn';
import type { Context } from '../context.ts';
import { visible } from '../guard.ts';
import { isId } from '../ids.ts';
import { loadMany, loadOne } from '../loader.ts';
import type { Row } from '../rows.ts';

export type DefinitionRow = Row<'processDefinition'>;
export type InstanceRow = Row<'processInstance'>;

/** Instances of an order, the oldest first; the business key of its processes is the order's id. */
export const instancesOf = loadMany<InstanceRow>(
  (client, orderIds, context) =>
    client.processInstance.findMany({
      where: { ...visible(context, 'Process'), businessKey: { in: orderIds } },
      orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    }),
  ({ businessKey }) => businessKey ?? '',
);

const instanceById = loadOne<InstanceRow>(
  (client, ids, context) =>
    client.processInstance.findMany({
      where: { ...visible(context, 'Process'), id: { in: ids.filter(isId) } },
    }),
  ({ id }) => id,
);

/** The whole history of an instance, in order. */
export const historyOf = loadMany(
  (client, instanceIds) =>
    client.processEvent.findMany({
      where: { instanceId: { in: instanceIds } },
      orderBy: { sequence: 'asc' },
    }),
  ({ instanceId }) => instanceId,
);

/** Open and mended, the oldest first. */
export const incidentsOf = loadMany(
  (client, instanceIds, context) =>
    client.incident.findMany({
      where: { ...visible(context, 'Incident'), instanceId: { in: instanceIds } },
      orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }],
    }),
  ({ instanceId }) => instanceId,
);

export const definitionById = loadOne<DefinitionRow>(
  (client, ids, context) =>
    client.processDefinition.findMany({
      where: { ...visible(context, 'Process'), id: { in: ids.filter(isId) } },
    }),
  ({ id }) => id,
);

/** The latest version of each process, by key. */
export async function latestDefinitions(context: Context): Promise<readonly DefinitionRow[]> {
  return context.reader.read((client) =>
    client.processDefinition.findMany({
      where: visible(context, 'Process'),
      orderBy: [{ key: 'asc' }, { version: 'desc' }],
      distinct: ['key'],
    }),
  );
}

/** The element of an instance's drawing; null for one that the model does not know. */
export async function nodeOf(
  context: Context,
  instanceId: string,
  element: string,
): Promise<ProcessNode | null> {
  const instance = await instanceById(context, instanceId);
  const definition = instance && (await definitionById(context, instance.definitionId));
  const model = definition && (await modelOf(definition));
  return model?.nodeById.get(element) ?? null;
}

/** What an element is called in a language; unnamed elements by their id. */
export function nameOf(node: ProcessNode | null, language: string, element: string): string {
  return (node && (inLanguage(node.labels, language) ?? node.name)) ?? element;
}

/** `zh-CN` finds `zh-CN`, else `zh`. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: string): string | null {
  return texts[language] ?? texts[language.split('-')[0] ?? ''] ?? null;
}

const compiled = new Map<string, Promise<ProcessModel | null>>();
const cacheSize = 200;

/** A version never changes, so it is compiled once for everybody. */
export function modelOf({ id, key, xml }: DefinitionRow): Promise<ProcessModel | null> {
  const known = compiled.get(id);
  if (known) return known;
  const model = compileProcesses(xml).then(
    ({ processes }) => processes.find((process) => process.id === key) ?? null,
  );
  compiled.set(id, model);
  for (const oldest of compiled.keys()) {
    if (compiled.size <= cacheSize) break;
    compiled.delete(oldest);
  }
  return model;
}
