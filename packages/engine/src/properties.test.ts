import type { ProcessModel } from '@orderloom/bpmn';
import { must } from '@orderloom/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, type Transition } from './advance.ts';
import type { Command } from './command.ts';
import type { Effect } from './effect.ts';
import type { ProcessEvent } from './event.ts';
import type { ElementInstance, Instance, Wait } from './instance.ts';
import { deploy, environmentAt, NOW } from './testing/process-run.ts';
import { block, processOf } from './testing/random-process.ts';

// Random sound processes under random schedules: what holds for all of them, whatever happens when.

const environment = environmentAt(NOW);
const schedule = fc.array(fc.nat(), { maxLength: 60 });
const choice = fc.nat({ max: 2 });

/** Everything that may happen to an instance now. */
function possibleCommands(instance: Instance): readonly Command[] {
  return instance.elements.flatMap((element) => [
    ...element.waits.flatMap(answersTo),
    ...(element.incident ? [{ kind: 'retryIncident', incident: element.incident.id } as const] : []),
  ]);
}

function answersTo({ kind, id }: Wait): readonly Command[] {
  const variables = { [`answer${id}`]: true };
  const error = { code: 'E', message: 'no', variables };
  switch (kind) {
    case 'job':
      return [
        { kind: 'completeJob', job: id, variables },
        { kind: 'failJob', job: id, code: 'BROKEN', message: 'It broke.' },
        { kind: 'throwError', at: id, ...error },
      ];
    case 'task':
      return [
        { kind: 'completeTask', task: id, variables },
        { kind: 'throwError', at: id, ...error },
      ];
    case 'timer':
      return [{ kind: 'fireTimer', timer: id }];
    case 'subscription':
      return [{ kind: 'correlateMessage', subscription: id, variables }];
    case 'call':
      return [
        { kind: 'completeCall', call: id, outcome: { kind: 'completed', variables } },
        { kind: 'completeCall', call: id, outcome: { kind: 'error', ...error } },
        { kind: 'completeCall', call: id, outcome: { kind: 'cancelled', reason: 'enough' } },
      ];
  }
}

/** The next step towards the end: what failed is retried, else the oldest element gets its first answer. */
function finishingCommand(instance: Instance): Command {
  const failed = instance.elements.find(({ incident }) => incident !== undefined);
  if (failed?.incident) return { kind: 'retryIncident', incident: failed.incident.id };
  // A boundary event is no way to finish: its activity may be none the nearer to its end.
  const own = instance.elements.flatMap(({ element, waits }) =>
    waits.filter((wait) => wait.element === element || !wait.element.startsWith('boundary')),
  );
  const next = must(own[0], 'something an unfinished instance waits for');
  return must(answersTo(next)[0], 'an answer');
}

/** Runs an instance to its end: first as the schedule says, then straight. */
function* schedules(model: ProcessModel, picks: readonly number[], variables: { choice: number }) {
  let instance: Instance | null = null;
  let command: Command = { kind: 'start', businessKey: null, startEvent: null, variables };
  for (let step = 0; step < 1000; step += 1) {
    const before: Instance | null = instance;
    const transition: Transition = advance(model, before && deepFreeze(before), command, environment);
    yield { before, command, transition };
    // Between any two commands the instance goes through the database.
    instance = JSON.parse(JSON.stringify(transition.instance)) as Instance;
    expect(instance).toEqual(transition.instance);
    if (instance.status !== 'active') return;
    const pick = picks[step];
    const possible = possibleCommands(instance);
    command =
      pick === undefined
        ? finishingCommand(instance)
        : must(possible[pick % possible.length], 'a possible command');
  }
  throw new Error('The process does not end.');
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** What the effects say is open, from nothing but the effects. */
class Ledger {
  readonly open = new Map<string, string>();
  readonly #jobs = new Set<string>();
  readonly #used = new Set<string>();

  apply(effect: Effect, command: Command): void {
    switch (effect.kind) {
      case 'openJob':
      case 'openTask':
      case 'openTimer':
      case 'openSubscription':
      case 'startCall':
      case 'raiseIncident':
        expect(this.open.has(effect.id)).toBe(false);
        // Only a job may come again, after its incident, as the job it was.
        if (this.#used.has(effect.id))
          expect(effect.kind === 'openJob' && this.#jobs.has(effect.id)).toBe(true);
        this.#used.add(effect.id);
        if (effect.kind === 'openJob') this.#jobs.add(effect.id);
        this.open.set(effect.id, effect.kind);
        return;
      case 'closeJob':
        return this.#close(effect.id, 'openJob');
      case 'closeTask':
        return this.#close(effect.id, 'openTask');
      case 'closeTimer':
        return this.#close(effect.id, 'openTimer');
      case 'closeSubscription':
        return this.#close(effect.id, 'openSubscription');
      case 'cancelCall':
        expect(command).not.toMatchObject({ kind: 'completeCall', call: effect.id });
        return this.#close(effect.id, 'startCall');
      case 'resolveIncident':
        return this.#close(effect.id, 'raiseIncident');
      case 'publishMessage':
      case 'end':
    }
  }

  #close(id: string, opened: string): void {
    expect(this.open.get(id)).toBe(opened);
    this.open.delete(id);
  }

  /** A call that is answered ends without an effect. */
  answer(command: Command): void {
    if (command.kind === 'completeCall') this.#close(command.call, 'startCall');
  }
}

/** What the history says is live and on its way, from nothing but the events. */
class Chronicle {
  readonly live = new Map<string, string>();
  readonly #seen = new Set<string>();
  #flowing = 0;
  #cancelled = false;
  readonly #model: ProcessModel;

  constructor(model: ProcessModel) {
    this.#model = model;
  }

  apply(event: ProcessEvent): void {
    switch (event.type) {
      case 'flow.taken':
        this.#flowing += 1;
        return;
      case 'element.entered': {
        expect(this.#seen.has(event.id)).toBe(false);
        this.#seen.add(event.id);
        this.live.set(event.id, event.element);
        const node = must(this.#model.nodeById.get(event.element), event.element);
        this.#flowing -=
          node.type === 'parallelGateway' ? node.incoming.length : Math.min(node.incoming.length, 1);
        return;
      }
      case 'element.completed':
      case 'element.cancelled':
        if (event.type === 'element.cancelled') this.#cancelled = true;
        expect(this.live.get(event.id)).toBe(event.element);
        this.live.delete(event.id);
        return;
      default:
    }
  }

  /** Tokens are neither lost nor made: what is on a flow and in no element waits before a join. */
  expectConserved(elements: readonly ElementInstance[]): void {
    const waiting = elements.reduce((sum, { arrivals = [] }) => sum + arrivals.length, 0);
    if (!this.#cancelled) expect(this.#flowing).toBe(waiting);
  }
}

const idsOf = (elements: readonly ElementInstance[]) =>
  elements.flatMap(({ waits, incident }) => [
    ...waits.map(({ id }) => id),
    ...(incident ? [incident.id] : []),
  ]);

test('every schedule of a sound process ends, with nothing lost, left open or done twice', async () => {
  await fc.assert(
    fc.asyncProperty(block, schedule, choice, async (body, picks, chosen) => {
      const model = await deploy(processOf(body));
      const ledger = new Ledger();
      const chronicle = new Chronicle(model);
      let last: Transition | null = null;
      for (const { command, transition } of schedules(model, picks, { choice: chosen })) {
        ledger.answer(command);
        for (const effect of transition.effects) ledger.apply(effect, command);
        for (const event of transition.events) chronicle.apply(event);
        const { elements, status } = transition.instance;
        expect(idsOf(elements).toSorted()).toEqual([...ledger.open.keys()].toSorted());
        expect(elements.slice(1).map(({ id }) => id)).toEqual([...chronicle.live.keys()]);
        chronicle.expectConserved(elements);
        // It ends when, and only when, nothing is left.
        expect(status === 'active').toBe(elements.length > 1);
        last = transition;
      }
      expect(last).toMatchObject({ instance: { status: 'completed' } });
      expect(last?.effects.at(-1)).toMatchObject({ kind: 'end', status: 'completed' });
      expect(last?.events.at(-1)).toMatchObject({ type: 'instance.ended' });
    }),
    { numRuns: 300 },
  );
});

test('incidents are only ever what the schedule caused', async () => {
  await fc.assert(
    fc.asyncProperty(block, schedule, choice, async (body, picks, chosen) => {
      const model = await deploy(processOf(body));
      for (const { transition } of schedules(model, picks, { choice: chosen })) {
        for (const effect of transition.effects) {
          if (effect.kind !== 'raiseIncident') continue;
          expect(['BROKEN', 'UNHANDLED_ERROR', 'CALL_CANCELLED']).toContain(effect.code);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('the same commands give the same instance, effects and history', async () => {
  await fc.assert(
    fc.asyncProperty(block, schedule, choice, async (body, picks, chosen) => {
      const xml = processOf(body);
      const steps = [...schedules(await deploy(xml), picks, { choice: chosen })];
      // A model compiled anew, as after a restart.
      const model = await deploy(xml);
      let instance: Instance | null = null;
      for (const { command, transition } of steps) {
        const again: Transition = advance(model, instance, command, environment);
        expect(again).toEqual(transition);
        instance = again.instance;
      }
    }),
    { numRuns: 100 },
  );
});

test('what was answered or closed is refused, and changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(block, schedule, choice, async (body, picks, chosen) => {
      const model = await deploy(processOf(body));
      let past: readonly Command[] = [];
      for (const { before, transition } of schedules(model, picks, { choice: chosen })) {
        const { instance } = transition;
        const possible = JSON.stringify(possibleCommands(instance));
        past = [...past, ...(before === null ? [] : possibleCommands(before))];
        const frozen = deepFreeze(structuredClone(instance));
        for (const command of past.filter((old) => !possible.includes(JSON.stringify(old)))) {
          expect(() => advance(model, frozen, command, environment)).toThrow(
            expect.objectContaining({ code: 'ENGINE_NOT_WAITING' }),
          );
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('cancelling at any moment closes everything', async () => {
  await fc.assert(
    fc.asyncProperty(block, schedule, choice, async (body, picks, chosen) => {
      const model = await deploy(processOf(body));
      const ledger = new Ledger();
      const cancel: Command = { kind: 'cancel', reason: 'enough' };
      let running: Instance | null = null;
      for (const { command, transition } of schedules(model, picks, { choice: chosen })) {
        if (transition.instance.status !== 'active') break;
        ledger.answer(command);
        for (const effect of transition.effects) ledger.apply(effect, command);
        running = transition.instance;
        if (transition.instance.counter > picks.length) break;
      }
      if (running === null) return;
      const { instance, effects } = advance(model, running, cancel, environment);
      for (const effect of effects) ledger.apply(effect, cancel);
      expect([...ledger.open]).toEqual([]);
      expect(instance.status).toBe('cancelled');
      expect(instance.elements).toHaveLength(1);
    }),
    { numRuns: 100 },
  );
});
