import {
  createTestTenant,
  fakeClock,
  openTestDatabase,
  type FakeClock,
  type TestDatabase,
} from '@orderloom/testing';
import type { Variables } from '@orderloom/engine';
import { must } from '@orderloom/kernel';
import type { Actor } from './actor.ts';
import { processXml, type ProcessText } from './test-process.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
import type { RuntimeLog } from './log.ts';
import type { OutgoingMessage } from './message.ts';

export const ada: Actor = { kind: 'user', id: 'ada', name: 'Ada' };

const silent: RuntimeLog = { info() {}, warn() {}, error() {} };

export interface InstanceView {
  readonly id: string;
  readonly business_key: string | null;
  readonly status: string;
  readonly revision: number;
  readonly event_count: number;
  readonly variables: Variables;
}

/** A database with one tenant, and verbs to play with processes in it. Nodes are made on top of it. */
export interface TestBench {
  readonly database: TestDatabase;
  readonly tenantId: string;
  readonly clock: FakeClock;
  node(options?: Partial<RuntimeOptions>): Runtime;
  deploy(runtime: Runtime, ...processes: readonly ProcessText[]): Promise<void>;
  send(runtime: Runtime, message: Partial<OutgoingMessage> & { readonly name: string }): Promise<void>;
  start(runtime: Runtime, process: string, variables?: Variables, businessKey?: string): Promise<string>;
  /** Completes the open task of that element. */
  complete(runtime: Runtime, element: string, variables?: Variables): Promise<void>;
  instances(): Promise<readonly InstanceView[]>;
  /** Elements in which tokens rest, over all instances. */
  waitingAt(): Promise<readonly string[]>;
  /** Types of the history of an instance with their elements, in order. */
  history(instanceId: string): Promise<readonly string[]>;
  rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openBench(): Promise<TestBench> {
  const database = await openTestDatabase();
  const { id: tenantId } = await createTestTenant(database);
  const clock = fakeClock();
  const nodes: Runtime[] = [];
  const rows: TestBench['rows'] = (sql, values) => database.asOwner(sql, values);
  const instances = () =>
    rows<InstanceView>(
      `select id, business_key, status::text, revision, event_count, state->'elements'->0->'variables' as variables
         from process_instance order by id`,
    );
  return {
    database,
    tenantId,
    clock,
    rows,
    instances,
    node(options = {}) {
      const runtime = createRuntime({
        database,
        clock,
        log: silent,
        handlers: {},
        performJob: async () => ({ kind: 'completed', variables: {} }),
        ...options,
      });
      nodes.push(runtime);
      return runtime;
    },
    async deploy(runtime, ...processes) {
      await database.transaction(tenantId, async (tx) => {
        for (const process of processes) {
          await runtime.deployProcesses(tx, {
            tenantId,
            xml: processXml(process),
            actor: ada,
            now: clock.now(),
          });
        }
      });
    },
    async send(runtime, message) {
      await runtime.transact(tenantId, ada, async (step) => {
        step.correlate({ correlationKey: null, variables: {}, ...message });
      });
    },
    start: (runtime, process, variables = {}, businessKey) =>
      runtime.transact(tenantId, ada, async (step) =>
        step.start(process, { businessKey: businessKey ?? null, variables }),
      ),
    async complete(runtime, element, variables = {}) {
      await runtime.transact(tenantId, ada, async (step) => {
        const [task] = await step.tx.query<{ instance_id: string; wait_id: string }>(
          `select instance_id, wait_id from user_task where element = $1 and state = 'OPEN' order by id limit 1`,
          [element],
        );
        const { instance_id, wait_id } = must(task, `an open task ${element}`);
        step.apply(instance_id, { kind: 'completeTask', task: wait_id, variables });
      });
    },
    async waitingAt() {
      const found = await rows<{ element: string }>(
        `select e.value->>'element' as element from process_instance i, jsonb_array_elements(i.state->'elements') with ordinality e
          where e.ordinality > 1 order by i.id, e.ordinality`,
      );
      return found.map(({ element }) => element);
    },
    async history(instanceId) {
      const found = await rows<{ type: string; element: string | null }>(
        'select type, element from process_event where instance_id = $1 order by sequence',
        [instanceId],
      );
      return found.map(({ type, element }) => (element === null ? type : `${type} ${element}`));
    },
    async close() {
      for (const node of nodes) await node.stop();
      await database.close();
    },
  };
}
