import type { Decision } from '@orderloom/bpmn';
import type { Transaction } from '@orderloom/database';
import type { CallOutcome, Command, Instance, OpenJobEffect, Variables } from '@orderloom/engine';
import { newId } from '@orderloom/kernel';
import { type Actor } from './actor.ts';
import type { Definition, Definitions } from './definitions.ts';
import type { OutgoingMessage } from './message.ts';
import { StagedRows, type RowKey } from './staged-rows.ts';

/**
 * One batch while it runs: the instances it holds locked, what is still to be done in it, and what it
 * will write. Everything here lives for one transaction.
 */
export interface Batch {
  readonly tx: Transaction;
  readonly tenantId: string;
  readonly now: Date;
  readonly timeZone: string;
  readonly definitions: Definitions;
  readonly decisions: Map<string, Decision | undefined>;
  /** Locked, or made here. */
  readonly instances: Map<string, InstanceRecord>;
  /** Waits that commands of this batch closed, as `waitKey`s: what is still under way for them is dropped. */
  readonly closedWaits: Set<string>;
  /** Names and keys of messages this transaction holds the lock of. */
  readonly messageLocks: Set<string>;
  /** Instances that subscribers are told of without having moved, with their business keys. */
  readonly touched: Map<string, string | null>;
  /** Transactional tasks done, by instance: the guard against loops without a wait. */
  readonly tasksDone: Map<string, number>;
  readonly todo: {
    readonly commands: QueuedCommand[];
    readonly starts: QueuedStart[];
    readonly cancelledCalls: RowKey[];
    readonly messages: QueuedMessage[];
    /** Newly opened: they look into the buffer first. */
    readonly subscriptions: SubscriptionRow[];
    readonly work: QueuedWork[];
  };
  readonly write: {
    readonly events: EventRow[];
    readonly jobs: StagedRows<JobRow>;
    readonly tasks: StagedRows<TaskRow>;
    readonly closedTasks: ClosedTaskRow[];
    readonly timers: StagedRows<TimerRow>;
    readonly subscriptions: StagedRows<SubscriptionRow>;
    readonly incidents: StagedRows<IncidentRow>;
    readonly resolvedIncidents: ResolvedIncidentRow[];
  };
}

export interface InstanceRecord {
  readonly id: string;
  readonly definition: Definition;
  readonly businessKey: string | null;
  /** The call activity that waits for it. */
  readonly parent: ParentCall | null;
  readonly startedAt: Date;
  /** Not in the database yet. */
  readonly isNew: boolean;
  /** Has open incidents of the runtime's own: a step that failed before. */
  readonly setAside: boolean;
  /** The engine's document; null until the start command is applied. */
  document: Instance | null;
  status: InstanceStatus;
  endedAt: Date | null;
  /** Commands applied. */
  revision: number;
  eventCount: number;
  changed: boolean;
}

export type InstanceStatus = 'ACTIVE' | 'COMPLETED' | 'TERMINATED' | 'CANCELLED';

export interface ParentCall {
  readonly instanceId: string;
  readonly callId: string;
}

export interface QueuedCommand {
  readonly instanceId: string;
  readonly command: Command;
  readonly actor: Actor;
  /** Somebody waits for exactly this to happen: when it cannot, that is an error and not old news. */
  readonly required: boolean;
}

export interface QueuedStart {
  readonly instanceId: string;
  /** BPMN process id. */
  readonly process: string;
  readonly businessKey: string | null;
  readonly variables: Variables;
  readonly parent: ParentCall | null;
  readonly actor: Actor;
}

export interface QueuedMessage {
  readonly id: string;
  readonly message: OutgoingMessage;
  readonly actor: Actor;
  /** Has its row already. */
  stored: boolean;
}

export interface QueuedWork {
  readonly instance: InstanceRecord;
  readonly effect: OpenJobEffect;
  readonly actor: Actor;
}

export interface JobRow extends RowKey {
  readonly element: string;
  readonly type: string;
  readonly attempts: number;
  readonly businessKey: string | null;
  readonly variables: Variables;
}

export interface TaskRow extends RowKey {
  readonly element: string;
  readonly name: string;
  readonly candidateGroups: readonly string[];
  readonly assignee: string | null;
  readonly form: string | null;
  readonly dueAt: string | null;
  readonly variables: Variables;
}

export interface ClosedTaskRow extends RowKey {
  readonly state: 'COMPLETED' | 'CANCELLED';
  readonly actor: string;
  readonly result: Variables | null;
}

export interface TimerRow extends RowKey {
  readonly element: string;
  readonly dueAt: string;
}

export interface SubscriptionRow extends RowKey {
  readonly element: string;
  readonly message: string;
  readonly correlationKey: string | null;
}

export interface IncidentRow extends RowKey {
  readonly element: string;
  readonly code: string;
  readonly message: string;
}

export interface ResolvedIncidentRow extends RowKey {
  readonly actor: string;
}

export interface EventRow {
  readonly instanceId: string;
  readonly sequence: number;
  readonly type: string;
  readonly element: string | null;
  readonly data: string;
  readonly actor: string;
}

export function openBatch(
  tx: Transaction,
  tenantId: string,
  now: Date,
  timeZone: string,
  definitions: Definitions,
): Batch {
  return {
    tx,
    tenantId,
    now,
    timeZone,
    definitions,
    decisions: new Map(),
    instances: new Map(),
    closedWaits: new Set(),
    messageLocks: new Set(),
    touched: new Map(),
    tasksDone: new Map(),
    todo: { commands: [], starts: [], cancelledCalls: [], messages: [], subscriptions: [], work: [] },
    write: {
      events: [],
      jobs: new StagedRows(),
      tasks: new StagedRows(),
      closedTasks: [],
      timers: new StagedRows(),
      subscriptions: new StagedRows(),
      incidents: new StagedRows(),
      resolvedIncidents: [],
    },
  };
}

/** Queues the birth of an instance of a known version. */
export function startInstance(
  batch: Batch,
  definition: Definition,
  start: {
    readonly instanceId?: string;
    readonly businessKey: string | null;
    readonly variables: Variables;
    readonly startEvent: string | null;
    readonly parent?: ParentCall | null;
    readonly actor: Actor;
  },
): void {
  const id = start.instanceId ?? newId();
  batch.instances.set(id, {
    id,
    definition,
    businessKey: start.businessKey,
    parent: start.parent ?? null,
    startedAt: batch.now,
    isNew: true,
    setAside: false,
    document: null,
    status: 'ACTIVE',
    endedAt: null,
    revision: 0,
    eventCount: 0,
    changed: true,
  });
  batch.todo.commands.push({
    instanceId: id,
    command: {
      kind: 'start',
      businessKey: start.businessKey,
      variables: start.variables,
      startEvent: start.startEvent,
      called: (start.parent ?? null) !== null,
    },
    actor: start.actor,
    required: true,
  });
}

/** Tells a call activity how its instance ended, or that there is none. */
export function answerCall(batch: Batch, parent: ParentCall, outcome: CallOutcome, actor: Actor): void {
  batch.todo.commands.push({
    instanceId: parent.instanceId,
    command: { kind: 'completeCall', call: parent.callId, outcome },
    actor,
    required: false,
  });
}
