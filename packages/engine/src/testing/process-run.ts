import { assertDeployable, compileProcesses, type Decision, type ProcessModel } from '@orderloom/bpmn';
import { must } from '@orderloom/kernel';
import { advance, type Transition } from '../advance.ts';
import type { CallOutcome, Command, StartCommand, Variables } from '../command.ts';
import type { Effect } from '../effect.ts';
import type { Environment } from '../environment.ts';
import type { ProcessEvent } from '../event.ts';
import { processVariables, type Instance, type Wait } from '../instance.ts';

export const NOW = '2026-03-02T09:00:00.000Z';

/** The one process of a document that may be deployed. */
export async function deploy(xml: string): Promise<ProcessModel> {
  const document = await compileProcesses(xml);
  assertDeployable(document);
  return must(document.processes[0], 'a process in the document');
}

export function environmentAt(
  now: string,
  decisions: Readonly<Record<string, Pick<Decision, 'evaluate'>>> = {},
): Environment {
  return {
    // oxlint-disable-next-line no-restricted-globals -- a given instant, no clock
    now: new Date(now),
    timeZone: 'UTC',
    decision: (id) => decisions[id] as Decision | undefined,
  };
}

/** One instance in a test: what it waits for is named by BPMN id, since every element here waits once at a time. */
export class ProcessRun {
  readonly #model: ProcessModel;
  readonly effects: Effect[] = [];
  readonly events: ProcessEvent[] = [];
  environment: Environment = environmentAt(NOW);
  #instance: Instance | null = null;

  constructor(model: ProcessModel) {
    this.#model = model;
  }

  get instance(): Instance {
    return must(this.#instance, 'a started instance');
  }

  apply(command: Command): Transition {
    const transition = advance(this.#model, this.#instance, command, this.environment);
    this.#instance = transition.instance;
    this.effects.push(...transition.effects);
    this.events.push(...transition.events);
    return transition;
  }

  start(variables: Variables = {}, options: Partial<StartCommand> = {}): this {
    this.apply({ kind: 'start', businessKey: null, startEvent: null, variables, ...options });
    return this;
  }

  /** What is open, as `kind element`, oldest first. */
  get waits(): readonly string[] {
    return this.instance.elements.flatMap(({ waits }) =>
      waits.map(({ kind, element }) => `${kind} ${element}`),
    );
  }

  get variables(): Variables {
    return processVariables(this.instance);
  }

  /** Elements completed so far, in order. */
  get completed(): readonly string[] {
    return this.events.flatMap((event) => (event.type === 'element.completed' ? [event.element] : []));
  }

  /** Open incidents as `CODE element`, oldest first. */
  get incidents(): readonly string[] {
    const open = new Set(this.instance.elements.map(({ incident }) => incident?.id));
    return effectsOf(this, 'raiseIncident')
      .filter(({ id }) => open.has(id))
      .map(({ code, element }) => `${code} ${element}`);
  }

  idOf(kind: Wait['kind'], element: string): string {
    const waits = this.instance.elements.flatMap((owner) => owner.waits);
    return must(
      waits.find((wait) => wait.kind === kind && wait.element === element),
      `${kind} ${element} among ${this.waits.join(', ')}`,
    ).id;
  }

  completeJob(element: string, variables: Variables = {}): Transition {
    return this.apply({ kind: 'completeJob', job: this.idOf('job', element), variables });
  }

  completeTask(element: string, variables: Variables = {}): Transition {
    return this.apply({ kind: 'completeTask', task: this.idOf('task', element), variables });
  }

  failJob(element: string, code = 'BROKEN'): Transition {
    return this.apply({ kind: 'failJob', job: this.idOf('job', element), code, message: 'It broke.' });
  }

  throwError(element: string, code: string, variables: Variables = {}): Transition {
    const at = this.idOf(this.waits.includes(`job ${element}`) ? 'job' : 'task', element);
    return this.apply({ kind: 'throwError', at, code, message: `No: ${code}`, variables });
  }

  correlate(element: string, variables: Variables = {}): Transition {
    const subscription = this.idOf('subscription', element);
    return this.apply({ kind: 'correlateMessage', subscription, variables });
  }

  fireTimer(element: string): Transition {
    return this.apply({ kind: 'fireTimer', timer: this.idOf('timer', element) });
  }

  completeCall(element: string, outcome: CallOutcome): Transition {
    return this.apply({ kind: 'completeCall', call: this.idOf('call', element), outcome });
  }

  /** Retries the only open incident. */
  retry(): Transition {
    const failed = must(
      this.instance.elements.find(({ incident }) => incident !== undefined),
      'an open incident',
    );
    return this.apply({ kind: 'retryIncident', incident: must(failed.incident, 'an incident').id });
  }
}

export async function startProcess(xml: string, variables: Variables = {}): Promise<ProcessRun> {
  return new ProcessRun(await deploy(xml)).start(variables);
}

/** The effects of one kind. */
export function effectsOf<K extends Effect['kind']>(
  { effects }: { readonly effects: readonly Effect[] },
  kind: K,
): readonly Extract<Effect, { readonly kind: K }>[] {
  return effects.filter((effect): effect is Extract<Effect, { readonly kind: K }> => effect.kind === kind);
}
