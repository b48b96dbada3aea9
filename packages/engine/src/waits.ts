import {
  nextRepetition,
  scheduleTimer,
  type MessageEvent,
  type TimerDefinition,
  type TimerSchedule,
} from '@orderloom/bpmn';
import { toInstant } from '@orderloom/feel';
import { fail, must } from '@orderloom/kernel';
import type { Variables } from './command.ts';
import { elementOf, nextId, update, type Execution } from './execution.ts';
import type { ElementInstance, Wait } from './instance.ts';
import { evaluate } from './variables.ts';

/** Something an element is about to wait for; everything that can fail has been evaluated. */
export interface Listener {
  open(owner: string): void;
}

/** Waits for a timer or message on behalf of `element`. Throws when its time or key is unusable. */
export function listenTo(
  execution: Execution,
  element: string,
  event: MessageEvent | { readonly kind: 'timer'; readonly timer: TimerDefinition },
  variables: Variables,
): Listener {
  if (event.kind === 'timer') {
    const schedule = scheduleTimer(event.timer, variables, execution.environment);
    return { open: (owner) => openTimer(execution, owner, element, schedule) };
  }
  const correlationKey = correlationKeyOf(execution, event, variables);
  return {
    open: (owner) => {
      const id = nextId(execution);
      addWait(execution, owner, { kind: 'subscription', id, element });
      execution.effects.push({
        kind: 'openSubscription',
        id,
        element,
        message: event.message,
        correlationKey,
      });
    },
  };
}

/** Throws CORRELATION_KEY. */
export function correlationKeyOf(
  execution: Execution,
  { message, correlationKey }: MessageEvent,
  variables: Variables,
): string | null {
  if (correlationKey === null) return null;
  const value = evaluate(execution, correlationKey, variables);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  return fail(
    'CORRELATION_KEY',
    `The correlation key of message ${message}, ${correlationKey.text}, is ${JSON.stringify(value)}.`,
    { fix: 'Set the variables it reads, then retry.' },
  );
}

function openTimer(execution: Execution, owner: string, element: string, schedule: TimerSchedule): void {
  const id = nextId(execution);
  const dueAt = schedule.dueAt.toISOString();
  const { interval, repetitions } = schedule;
  addWait(execution, owner, {
    kind: 'timer',
    id,
    element,
    ...(interval === null || repetitions === 0 ? {} : { cycle: { dueAt, repetitions, interval } }),
  });
  execution.effects.push({ kind: 'openTimer', id, element, dueAt });
}

/** Sets a timer that has been due to its next time, when it has one. */
export function repeatTimer(execution: Execution, owner: string, { element, cycle }: Wait): void {
  if (cycle === undefined) return;
  const { environment } = execution;
  const dueAt = must(toInstant(cycle.dueAt, environment), `an instant in ${cycle.dueAt}`);
  const next = nextRepetition({ ...cycle, dueAt }, environment.timeZone);
  if (next !== null) openTimer(execution, owner, element, next);
}

export function addWait(execution: Execution, owner: string, wait: Wait): void {
  update(execution, owner, { waits: [...elementOf(execution, owner).waits, wait] });
}

/** The element instance that waits for it. */
export function findWait(
  execution: Execution,
  kinds: readonly Wait['kind'][],
  id: string,
): { readonly owner: ElementInstance; readonly wait: Wait } | null {
  for (const owner of execution.elements.values()) {
    const wait = owner.waits.find((candidate) => candidate.id === id && kinds.includes(candidate.kind));
    if (wait !== undefined) return { owner, wait };
  }
  return null;
}

/** Stops waiting. Whatever was opened is closed exactly once, also when it was answered. */
export function closeWait(
  execution: Execution,
  owner: string,
  wait: Wait,
  reason: 'completed' | 'cancelled',
): void {
  update(execution, owner, { waits: elementOf(execution, owner).waits.filter(({ id }) => id !== wait.id) });
  const { id } = wait;
  switch (wait.kind) {
    case 'job':
      execution.effects.push({ kind: 'closeJob', id });
      break;
    case 'task':
      execution.effects.push({ kind: 'closeTask', id, reason });
      break;
    case 'timer':
      execution.effects.push({ kind: 'closeTimer', id });
      break;
    case 'subscription':
      execution.effects.push({ kind: 'closeSubscription', id });
      break;
    case 'call':
      // A call that has been answered has ended by itself.
      if (reason === 'cancelled') execution.effects.push({ kind: 'cancelCall', id });
      break;
  }
}

export function closeWaits(execution: Execution, owner: string): void {
  for (const wait of elementOf(execution, owner).waits) closeWait(execution, owner, wait, 'cancelled');
}
