import { createHash } from 'node:crypto';
import { assertDeployable, compileDecisions, compileProcesses, type ProcessModel } from '@orderloom/bpmn';
import type { Transaction } from '@orderloom/database';
import { newId } from '@orderloom/kernel';
import { formatActor, type Actor } from './actor.ts';
import type { TimeZones } from './time-zones.ts';

export interface DeployInput {
  readonly tenantId: string;
  readonly xml: string;
  readonly actor: Actor;
  readonly now: Date;
}

export interface DeployedDefinition {
  readonly id: string;
  /** BPMN process id or DMN decision id. */
  readonly key: string;
  /** Counts from 1. */
  readonly version: number;
  readonly name: string;
  /** False when the latest version holds the same XML already. */
  readonly created: boolean;
}

type Table = 'process_definition' | 'decision_definition';

/**
 * Stores each executable process of the document as a new version; from now on messages and timers start
 * that one, running instances keep theirs. Throws the errors of `compileProcesses` and `assertDeployable`.
 */
export async function deployProcesses(
  tx: Transaction,
  input: DeployInput,
  timeZones: TimeZones,
): Promise<{ readonly deployed: readonly DeployedDefinition[]; readonly dueAt: Date | null }> {
  const document = await compileProcesses(input.xml);
  assertDeployable(document);
  const timeZone = await timeZones.of(tx, input.tenantId);
  const deployed: DeployedDefinition[] = [];
  const due: number[] = [];
  for (const model of document.processes) {
    const definition = await storeVersion(tx, 'process_definition', input, model);
    deployed.push(definition);
    if (definition.created) due.push(...(await replaceStartEvents(tx, input, definition, model, timeZone)));
  }
  return { deployed, dueAt: due.length === 0 ? null : new Date(Math.min(...due)) };
}

/** Stores each decision of the document as a new version; rules ask the latest version from now on. */
export async function deployDecisions(
  tx: Transaction,
  input: DeployInput,
): Promise<readonly DeployedDefinition[]> {
  const deployed: DeployedDefinition[] = [];
  for (const decision of await compileDecisions(input.xml)) {
    deployed.push(await storeVersion(tx, 'decision_definition', input, decision));
  }
  return deployed;
}

async function storeVersion(
  tx: Transaction,
  table: Table,
  { tenantId, xml, actor, now }: DeployInput,
  { id: key, name: given }: { readonly id: string; readonly name: string | null },
): Promise<DeployedDefinition> {
  const name = given ?? key;
  const sha256 = createHash('sha256').update(xml).digest('hex');
  // Two who deploy the same key at once get two versions, one after the other.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${table} ${tenantId} ${key}`]);
  const [latest] = await tx.query<{ id: string; version: number; name: string; sha256: string }>(
    `select id, version, name, sha256 from ${table} where tenant_id = $1 and key = $2 order by version desc limit 1`,
    [tenantId, key],
  );
  if (latest?.sha256 === sha256) {
    return { id: latest.id, key, version: latest.version, name: latest.name, created: false };
  }
  const definition = { id: newId(), key, version: (latest?.version ?? 0) + 1, name, created: true };
  await tx.query(
    `insert into ${table} (tenant_id, id, key, version, name, xml, sha256, deployed_at, deployed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tenantId, definition.id, key, definition.version, name, xml, sha256, now, formatActor(actor)],
  );
  return definition;
}

/** Messages and timers now start this version; answers when its timers are first due, in ms since 1970. */
async function replaceStartEvents(
  tx: Transaction,
  { tenantId, now }: DeployInput,
  { id, key }: DeployedDefinition,
  { startEvents }: ProcessModel,
  timeZone: string,
): Promise<number[]> {
  await tx.query('delete from start_subscription where tenant_id = $1 and key = $2', [tenantId, key]);
  await tx.query(
    `delete from start_timer t using process_definition d
      where t.tenant_id = $1 and d.tenant_id = $1 and d.id = t.definition_id and d.key = $2`,
    [tenantId, key],
  );
  await tx.query(
    `insert into start_subscription (tenant_id, key, element, definition_id, message)
     select $1, $2, e.element, $3, e.message from unnest($4::text[], $5::text[]) as e(element, message)`,
    [
      tenantId,
      key,
      id,
      startEvents.messages.map(({ element }) => element),
      startEvents.messages.map(({ message }) => message),
    ],
  );
  const timers = startEvents.timers.flatMap((timer) => {
    const dueAt = timer.nextDue(now, timeZone);
    return dueAt === null ? [] : [{ element: timer.element, dueAt }];
  });
  await tx.query(
    `insert into start_timer (tenant_id, definition_id, element, due_at)
     select $1, $2, e.element, e.due_at from unnest($3::text[], $4::timestamptz[]) as e(element, due_at)`,
    [tenantId, id, timers.map(({ element }) => element), timers.map(({ dueAt }) => dueAt)],
  );
  return timers.map(({ dueAt }) => dueAt.getTime());
}
