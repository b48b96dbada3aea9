import type { Flow, ProcessModel, ProcessNode } from '@orderloom/bpmn';
import { must } from '@orderloom/kernel';
import type { Variables } from './command.ts';
import type { Effect } from './effect.ts';
import type { Environment } from './environment.ts';
import type { ProcessEvent } from './event.ts';
import type { ElementInstance, Instance } from './instance.ts';

/**
 * One call of `advance` at work: the instance taken apart, and what has come out so far. Element
 * instances are replaced, never changed, so that the instance it began from stays as it was.
 */
export interface Execution {
  readonly model: ProcessModel;
  readonly environment: Environment;
  readonly process: string;
  readonly businessKey: string | null;
  readonly called: boolean;
  readonly elements: Map<string, ElementInstance>;
  /** Tokens on their way, first in, first out. */
  tokens: Token[];
  /** Scopes in which a token was used up or came to rest: they may be done, or stuck. */
  readonly touched: Set<string>;
  readonly effects: Effect[];
  readonly events: ProcessEvent[];
  status: Instance['status'];
  counter: number;
}

/** A token about to enter a node. */
export interface Token {
  readonly node: number;
  /** The element instance of the scope it is in. */
  readonly scope: string;
  /** The flow it comes on; null for a start or boundary event. */
  readonly flow: number | null;
  /** Set when the event the node waits for has already happened, with what it brought. */
  readonly payload: Variables | null;
}

export function executionOf(model: ProcessModel, instance: Instance, environment: Environment): Execution {
  const { process, businessKey, called, status, counter } = instance;
  return {
    model,
    environment,
    process,
    businessKey,
    called,
    status,
    counter,
    elements: new Map(instance.elements.map((element) => [element.id, element])),
    tokens: [],
    touched: new Set(),
    effects: [],
    events: [],
  };
}

export function instanceOf(execution: Execution): Instance {
  const { process, businessKey, called, status, counter, elements } = execution;
  return { process, businessKey, called, status, counter, elements: [...elements.values()] };
}

export function nextId(execution: Execution): string {
  execution.counter += 1;
  return String(execution.counter);
}

export function elementOf(execution: Execution, id: string): ElementInstance {
  return must(execution.elements.get(id), `element instance ${id}`);
}

/** Replaces parts of an element instance; a part set to undefined is taken away. */
export function update(
  execution: Execution,
  id: string,
  parts: { readonly [K in keyof ElementInstance]?: ElementInstance[K] | undefined },
): ElementInstance {
  const merged = Object.entries({ ...elementOf(execution, id), ...parts });
  const updated = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  execution.elements.set(id, updated as unknown as ElementInstance);
  return updated as unknown as ElementInstance;
}

/** The flow node an element instance visits. */
export function nodeOf(execution: Execution, { element }: { readonly element: string }): ProcessNode {
  return must(execution.model.nodeById.get(element), `node ${element} in process ${execution.model.id}`);
}

export function nodeAt(execution: Execution, index: number): ProcessNode {
  return must(execution.model.nodes[index], `node ${index} in process ${execution.model.id}`);
}

export function flowAt(execution: Execution, index: number): Flow {
  return must(execution.model.flows[index], `flow ${index} in process ${execution.model.id}`);
}

/** The element instances directly inside a scope, oldest first. */
export function childrenOf(execution: Execution, scope: string): readonly ElementInstance[] {
  return [...execution.elements.values()].filter(({ parent }) => parent === scope);
}

/** Sends a token along a flow. */
export function takeFlow(
  execution: Execution,
  index: number,
  scope: string,
  payload: Variables | null = null,
): void {
  const { id, target } = flowAt(execution, index);
  execution.events.push({ type: 'flow.taken', flow: id });
  execution.tokens.push({ node: target, scope, flow: index, payload });
}
