import { fail, must, unreachable } from '@orderloom/kernel';
import { triggerBoundary } from './boundary.ts';
import { completeElement, leaveAlong, leaveElement } from './complete-element.ts';
import type { CallOutcome, Command, Variables } from './command.ts';
import { endInstance } from './end-instance.ts';
import { beginElement, runElement } from './enter-element.ts';
import { nodeOf, type Execution } from './execution.ts';
import { attempt, raiseIncident, resolveIncident } from './incident.ts';
import { ROOT, type ElementInstance, type Wait } from './instance.ts';
import { throwError, type ThrownError } from './throw-error.ts';
import { assignVariables } from './variables.ts';
import { closeWait, findWait } from './waits.ts';

export type RunningCommand = Exclude<Command, { readonly kind: 'start' }>;

/** Applies a command to a running instance, up to the tokens it sets in motion. Throws ENGINE_NOT_WAITING. */
export function applyCommand(execution: Execution, command: RunningCommand): void {
  switch (command.kind) {
    case 'completeJob':
      return happen(execution, ['job'], command.job, command.variables);
    case 'completeTask':
      return happen(execution, ['task'], command.task, command.variables);
    case 'correlateMessage':
      return happen(execution, ['subscription'], command.subscription, command.variables);
    case 'fireTimer':
      return happen(execution, ['timer'], command.timer, {});
    case 'completeCall':
      return completeCall(execution, command.call, command.outcome);
    case 'failJob':
      return failRun(execution, answer(execution, ['job'], command.job, 'cancelled').owner, command);
    case 'throwError':
      return interrupt(execution, answer(execution, ['job', 'task'], command.at, 'cancelled').owner, command);
    case 'setVariables':
      return assignVariables(execution, ROOT, command.variables);
    case 'retryIncident':
      return retry(execution, command.incident);
    case 'cancel':
      return endInstance(execution, 'cancelled', command.reason, {
        kind: 'cancelled',
        reason: command.reason,
      });
    default:
      return unreachable(command);
  }
}

interface Answered {
  readonly owner: ElementInstance;
  readonly wait: Wait;
}

function waitingFor(execution: Execution, kinds: readonly Wait['kind'][], id: string): Answered {
  return (
    findWait(execution, kinds, id) ??
    fail('ENGINE_NOT_WAITING', `The instance does not wait for ${kinds.join(' or ')} ${id}.`, {
      field: id,
      fix: 'Reload the instance: it was answered or closed in the meantime.',
    })
  );
}

function answer(
  execution: Execution,
  kinds: readonly Wait['kind'][],
  id: string,
  reason: 'completed' | 'cancelled',
): Answered {
  const answered = waitingFor(execution, kinds, id);
  closeWait(execution, answered.owner.id, answered.wait, reason);
  return answered;
}

/** What was waited for is here: for the element itself, on its boundary, or behind its gateway. */
function happen(execution: Execution, kinds: readonly Wait['kind'][], id: string, payload: Variables): void {
  const { owner, wait } = waitingFor(execution, kinds, id);
  const target = nodeOf(execution, wait);
  if (target.type === 'boundaryEvent') {
    triggerBoundary(execution, owner, target, wait, payload);
    return;
  }
  closeWait(execution, owner.id, wait, 'completed');
  if (wait.element === owner.element) {
    completeElement(execution, owner.id, payload);
    return;
  }
  const flow = must(target.incoming[0], `the flow from ${owner.element} to ${target.id}`);
  leaveAlong(execution, owner.id, [flow], payload);
}

function completeCall(execution: Execution, call: string, outcome: CallOutcome): void {
  if (outcome.kind === 'completed') {
    happen(execution, ['call'], call, outcome.variables);
    return;
  }
  const { owner } = answer(execution, ['call'], call, 'completed');
  if (outcome.kind === 'error') {
    interrupt(execution, owner, outcome);
    return;
  }
  failRun(execution, owner, {
    code: 'CALL_CANCELLED',
    message: `The called instance was cancelled: ${outcome.reason}`,
  });
}

function interrupt(execution: Execution, { id }: ElementInstance, error: ThrownError): void {
  attempt(execution, id, 'run', () => throwError(execution, id, error));
}

function failRun(
  execution: Execution,
  { id, element }: ElementInstance,
  cause: { readonly code: string; readonly message: string },
): void {
  raiseIncident(execution, id, { step: 'run', element }, cause);
}

/** Does the step that failed once more. */
function retry(execution: Execution, incident: string): void {
  const owner = [...execution.elements.values()].find((element) => element.incident?.id === incident);
  if (owner === undefined) {
    fail('ENGINE_NOT_WAITING', `The instance has no open incident ${incident}.`, {
      field: incident,
      fix: 'Reload the instance: it was resolved in the meantime.',
    });
  }
  const { id } = owner;
  const { step, result } = must(resolveIncident(execution, id), `incident ${incident}`);
  switch (step) {
    case 'enter':
      beginElement(execution, id, result ?? null);
      return;
    case 'run':
      runElement(execution, id);
      return;
    case 'complete':
      completeElement(execution, id, result);
      return;
    case 'leave':
      leaveElement(execution, id);
      return;
    case 'join':
      execution.touched.add(id);
      return;
    default:
      unreachable(step);
  }
}
