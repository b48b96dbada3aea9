import type { ProcessModel } from '@orderloom/bpmn';
import { assert, fail, must, OrderloomError } from '@orderloom/kernel';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';
import { completeElement } from './complete-element.ts';
import type { Effect } from './effect.ts';
import { endInstance } from './end-instance.ts';
import { enterElement, parkElement } from './enter-element.ts';
import type { Environment } from './environment.ts';
import type { ProcessEvent } from './event.ts';
import { childrenOf, elementOf, executionOf, instanceOf, type Execution } from './execution.ts';
import { raiseIncident } from './incident.ts';
import { ROOT, type Instance } from './instance.ts';
import { startInstance } from './start-instance.ts';

/** What a command made of an instance. */
export interface Transition {
  readonly instance: Instance;
  /** What must become true outside, in order. */
  readonly effects: readonly Effect[];
  /** What happened, in order. */
  readonly events: readonly ProcessEvent[];
}

/** Tokens one command may move; a model that needs more runs in a circle. */
const MAX_STEPS = 10_000;

/**
 * Applies a command to an instance and runs it until every token waits (BPMN 2.0.2, clause 13). Pure:
 * equal arguments give equal results, and the instance passed in stays as it is.
 *
 * `instance` is null for the command `start`, and only for that. A command that does not fit is refused
 * with ENGINE_NOT_WAITING, ENGINE_ALREADY_STARTED or ENGINE_NO_START. What goes wrong inside the process
 * is an incident in it.
 */
export function advance(
  model: ProcessModel,
  instance: Instance | null,
  command: Command,
  environment: Environment,
): Transition {
  const execution = begin(model, instance, command, environment);
  runUntilQuiet(execution);
  const { effects, events } = execution;
  return { instance: instanceOf(execution), effects, events };
}

function begin(
  model: ProcessModel,
  instance: Instance | null,
  command: Command,
  environment: Environment,
): Execution {
  if (command.kind === 'start') {
    if (instance === null) return startInstance(model, command, environment);
    return fail('ENGINE_ALREADY_STARTED', 'The instance is already running.', {
      fix: 'Start a new instance instead.',
    });
  }
  if (instance === null || instance.status !== 'active') {
    return fail(
      'ENGINE_NOT_WAITING',
      `The instance ${instance === null ? 'has not been started' : 'has ended'}.`,
      {
        fix: instance === null ? 'Start it first.' : 'Reload it: nothing can be done to it any more.',
      },
    );
  }
  assert(instance.process === model.id, `an instance of ${model.id}, not of ${instance.process}`);
  const execution = executionOf(model, instance, environment);
  applyCommand(execution, command);
  return execution;
}

/** Tokens first, in the order in which they were sent; then scopes in which nothing is left. */
function runUntilQuiet(execution: Execution): void {
  let steps = 0;
  while (execution.status === 'active') {
    const token = execution.tokens.shift();
    if (token !== undefined) {
      steps += 1;
      if (steps > MAX_STEPS) parkElement(execution, token, tooManySteps());
      else enterElement(execution, token);
      continue;
    }
    const [scope] = execution.touched;
    if (scope === undefined) return;
    execution.touched.delete(scope);
    if (execution.elements.has(scope)) settleScope(execution, scope);
  }
}

function tooManySteps(): OrderloomError {
  return new OrderloomError(
    'TOO_MANY_STEPS',
    `One command moved more than ${MAX_STEPS} tokens: the process runs in a circle without ever waiting.`,
    { fix: 'Correct the condition that leads back, then retry.' },
  );
}

/** A scope without elements is over, unless tokens wait before its joins: those can never be joined any more. */
function settleScope(execution: Execution, scope: string): void {
  if (childrenOf(execution, scope).length > 0) return;
  const { arrivals, incident } = elementOf(execution, scope);
  const [stuck] = arrivals ?? [];
  if (stuck === undefined) {
    if (scope === ROOT) endInstance(execution, 'completed', 'completed');
    else completeElement(execution, scope);
    return;
  }
  if (incident !== undefined) return;
  const flow = must(
    execution.model.flows.find(({ id }) => id === stuck),
    `flow ${stuck}`,
  );
  const { id: join, name } = must(execution.model.nodes[flow.target], `the target of ${stuck}`);
  raiseIncident(
    execution,
    scope,
    { step: 'join', element: join },
    {
      code: 'TOKENS_STUCK',
      message: `${name ?? join} waits for tokens that can no longer come; what has come waits on ${stuck}.`,
    },
  );
}
