import { compileDecisions, compileProcesses, type Decision, type ProcessModel } from '@orderloom/bpmn';
import type { Transaction } from '@orderloom/database';
import { fail, must } from '@orderloom/kernel';

/** A deployed version of a process, compiled. */
export interface Definition {
  readonly id: string;
  /** BPMN process id. */
  readonly key: string;
  readonly version: number;
  readonly model: ProcessModel;
  /** DMN ids of the decisions its business rule tasks call. */
  readonly decisions: readonly string[];
}

const cacheSize = 500;

/** Compiled versions by id. A version never changes, so an entry is right for good. */
export class Definitions {
  readonly #processes = new Map<string, Definition>();
  readonly #decisions = new Map<string, Decision>();

  async load(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<Map<string, Definition>> {
    const rows = await uncached(tx, 'process_definition', tenantId, ids, this.#processes);
    const loaded = await Promise.all(
      rows.map(async (row): Promise<[string, Definition]> => [row.id, await compileDefinition(row)]),
    );
    return collect(ids, this.#processes, loaded);
  }

  /** The latest version of a process at this moment, by BPMN process id. */
  async latest(tx: Transaction, tenantId: string, keys: readonly string[]): Promise<Map<string, Definition>> {
    const rows = await tx.query<{ id: string; key: string }>(latestIds('process_definition'), [
      tenantId,
      keys,
    ]);
    const definitions = await this.load(
      tx,
      tenantId,
      rows.map((row) => row.id),
    );
    return new Map(rows.map(({ id, key }) => [key, must(definitions.get(id), `process ${key}`)]));
  }

  /** The latest versions of decisions at this moment, by DMN decision id. */
  async latestDecisions(
    tx: Transaction,
    tenantId: string,
    keys: readonly string[],
  ): Promise<Map<string, Decision>> {
    const latest = await tx.query<{ id: string; key: string }>(latestIds('decision_definition'), [
      tenantId,
      keys,
    ]);
    const ids = latest.map(({ id }) => id);
    const rows = await uncached(tx, 'decision_definition', tenantId, ids, this.#decisions);
    const loaded = await Promise.all(
      rows.map(async ({ id, key, version, xml }): Promise<[string, Decision]> => {
        const decisions = await compileDecisions(xml);
        return [
          id,
          decisions.find((decision) => decision.id === key) ?? unreadable('decision', key, version),
        ];
      }),
    );
    const decisions = collect(ids, this.#decisions, loaded);
    return new Map(latest.map(({ id, key }) => [key, must(decisions.get(id), `decision ${key}`)]));
  }
}

type Table = 'process_definition' | 'decision_definition';

interface DefinitionRow {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly xml: string;
}

async function compileDefinition({ id, key, version, xml }: DefinitionRow): Promise<Definition> {
  const { processes } = await compileProcesses(xml);
  const model = processes.find((process) => process.id === key) ?? unreadable('process', key, version);
  const rules = model.nodes.filter((node) => node.type === 'businessRuleTask');
  return { id, key, version, model, decisions: rules.map((node) => node.decision) };
}

async function uncached(
  tx: Transaction,
  table: Table,
  tenantId: string,
  ids: readonly string[],
  cache: ReadonlyMap<string, unknown>,
): Promise<DefinitionRow[]> {
  const missing = [...new Set(ids)].filter((id) => !cache.has(id));
  if (missing.length === 0) return [];
  return tx.query<DefinitionRow>(
    `select id, key, version, xml from ${table} where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, missing],
  );
}

/** What was asked for, from the cache and the rows just read; those then join the cache, the oldest entries leave. */
function collect<V>(
  ids: readonly string[],
  cache: Map<string, V>,
  loaded: readonly (readonly [string, V])[],
): Map<string, V> {
  const fresh = new Map(loaded);
  const wanted = ids.map((id): [string, V] => [id, must(cache.get(id) ?? fresh.get(id), `definition ${id}`)]);
  for (const [id, value] of fresh) cache.set(id, value);
  for (const id of cache.keys()) {
    if (cache.size <= cacheSize) break;
    cache.delete(id);
  }
  return new Map(wanted);
}

function latestIds(table: Table): string {
  return `select distinct on (key) id, key from ${table}
    where tenant_id = $1 and key = any($2::text[]) order by key, version desc`;
}

function unreadable(what: string, key: string, version: number): never {
  fail('RUNTIME_DEFINITION_UNREADABLE', `Version ${version} of the ${what} ${key} cannot be read.`, {
    field: key,
    fix: 'Deploy a version that this release accepts, or run the release that accepted this one.',
  });
}
