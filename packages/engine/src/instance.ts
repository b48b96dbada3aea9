import { must } from '@orderloom/kernel';
import type { Variables } from './command.ts';

/**
 * A running process as one plain JSON document: what is live, never what is over (that is history).
 * It is only ever replaced as a whole, by what `advance` answers.
 *
 * ```json
 * { "process": "OrderToDelivery", "businessKey": "PO-1", "called": false, "status": "active", "counter": 9,
 *   "elements": [
 *     { "id": "0", "element": "OrderToDelivery", "parent": null, "waits": [], "variables": { "orderId": "…" } },
 *     { "id": "7", "element": "ReviewOrder", "parent": "0", "waits": [
 *       { "kind": "timer", "id": "8", "element": "ReviewOverdue" },
 *       { "kind": "task", "id": "9", "element": "ReviewOrder" } ] } ] }
 * ```
 */
export interface Instance {
  /** BPMN id of the process. */
  readonly process: string;
  readonly businessKey: string | null;
  /** Whether a call activity waits for it, which is then told of errors that nothing here catches. */
  readonly called: boolean;
  readonly status: 'active' | 'completed' | 'terminated' | 'cancelled';
  /** The last id given out. Element instances, waits and incidents share one sequence. */
  readonly counter: number;
  /** The process itself first, then what is live in it, oldest first. */
  readonly elements: readonly ElementInstance[];
}

/** A token inside an element: one visit of one flow node, or the process itself. */
export interface ElementInstance {
  readonly id: string;
  /** BPMN id. */
  readonly element: string;
  /** The element instance it lies in: the process or a sub-process. Null for the process. */
  readonly parent: string | null;
  /** What may happen to it next, and what listens on its boundary. */
  readonly waits: readonly Wait[];
  /** Variables of its own, seen by itself and everything inside; absent when it has none. */
  readonly variables?: Variables;
  /** Of a process or sub-process: the flows on which tokens have come to joins in it and wait, oldest first. */
  readonly arrivals?: readonly string[];
  /** The job that does its work. It keeps its id when it is offered again after an incident. */
  readonly job?: string;
  readonly incident?: IncidentState;
}

/** Something outside that an element instance waits for; the id is the one its opening effect carried. */
export interface Wait {
  readonly kind: 'job' | 'task' | 'timer' | 'subscription' | 'call';
  readonly id: string;
  /** The element it belongs to: the waiting one itself, its boundary event, or an event behind its gateway. */
  readonly element: string;
  /** Of a timer that is due again and again. */
  readonly cycle?: {
    readonly dueAt: string;
    readonly repetitions: number | null;
    readonly interval: string;
  };
}

/** The part of an element's life that failed, from where it is tried again. */
export interface IncidentState {
  readonly id: string;
  /** The element it is about: a join when tokens are stuck there, else the element instance's own. */
  readonly element: string;
  readonly step: 'enter' | 'run' | 'complete' | 'leave' | 'join';
  /** What the element is to be completed with, when that was already at hand. */
  readonly result?: Variables;
}

/** Id of the element instance that is the process itself. */
export const ROOT = '0';

/** The variables at the level of the process. */
export function processVariables(instance: Instance): Variables {
  return must(instance.elements[0], 'the process among its elements').variables ?? {};
}

/** What is live in the process, oldest first; sub-processes and what is inside them both count. */
export function activeElements(instance: Instance): readonly ElementInstance[] {
  return instance.elements.slice(1);
}
