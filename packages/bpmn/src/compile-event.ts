import { childOf, childrenOf, extensionOf, shortType, textOf, type BpmnElement } from './bpmn-element.ts';
import { compileValue, nameOf, reportError, type Compilation } from './compilation.ts';
import type { ErrorEvent, MessageEvent, NoneEvent, TerminateEvent, TimerEvent } from './process-model.ts';
import { parseCycle, type TimerDefinition } from './timer.ts';

export type CompiledEvent = NoneEvent | MessageEvent | TimerEvent | ErrorEvent | TerminateEvent;
type EventKind = CompiledEvent['kind'];

const compilers: Readonly<
  Record<
    string,
    (compilation: Compilation, element: BpmnElement, definition: BpmnElement) => CompiledEvent | null
  >
> = {
  'bpmn:MessageEventDefinition': (compilation, element, definition) =>
    compileMessage(compilation, element, childOf(definition, 'messageRef')),
  'bpmn:TimerEventDefinition': compileTimer,
  'bpmn:ErrorEventDefinition': compileError,
  'bpmn:TerminateEventDefinition': () => ({ kind: 'terminate' }),
};

/**
 * What triggers or comes out of an event, when it is one of the kinds that position takes; null, with
 * an error reported, when not.
 */
export function compileEvent<K extends EventKind>(
  compilation: Compilation,
  element: BpmnElement,
  kinds: readonly K[],
): Extract<CompiledEvent, { readonly kind: K }> | null {
  const definitions = childrenOf(element, 'eventDefinitions');
  const [definition] = definitions;
  if (definitions.length > 1) {
    return notExecutable(compilation, element, `${shortType(element)} with several event definitions`);
  }
  const event = definition === undefined ? none : compileDefinition(compilation, element, definition);
  if (event === null) return null;
  if (isOneOf(event, kinds)) return event;
  return notExecutable(
    compilation,
    element,
    definition === undefined
      ? `${shortType(element)} without an event definition`
      : `${shortType(element)} with ${shortType(definition)}`,
  );
}

const none: NoneEvent = { kind: 'none' };

function compileDefinition(
  compilation: Compilation,
  element: BpmnElement,
  definition: BpmnElement,
): CompiledEvent | null {
  const compile = compilers[definition.$type];
  if (compile !== undefined) return compile(compilation, element, definition);
  return notExecutable(compilation, element, `${shortType(element)} with ${shortType(definition)}`);
}

function isOneOf<K extends EventKind>(
  event: CompiledEvent,
  kinds: readonly K[],
): event is Extract<CompiledEvent, { readonly kind: K }> {
  return (kinds as readonly EventKind[]).includes(event.kind);
}

export function notExecutable(compilation: Compilation, element: BpmnElement, what: string): null {
  return reportError(
    compilation,
    element,
    'not-executable',
    `${nameOf(element)} is not yet executable: ${what}.`,
    'Model it with the elements this version runs; the documentation of the package lists them.',
  );
}

/** A subscription on the element itself goes before the one on its message. */
export function compileMessage(
  compilation: Compilation,
  element: BpmnElement,
  message: BpmnElement | undefined,
): MessageEvent | null {
  const name = textOf(message, 'name');
  if (message === undefined || name === null) {
    return reportError(
      compilation,
      element,
      'message-missing',
      `${nameOf(element)} does not say which message it means.`,
      'Refer to a message that has a name (messageRef).',
    );
  }
  const subscription =
    extensionOf(element, 'orderloom:Subscription') ?? extensionOf(message, 'orderloom:Subscription');
  const correlationKey = compileValue(
    compilation,
    element,
    textOf(subscription, 'correlationKey'),
    'correlation key',
  );
  return { kind: 'message', message: name, correlationKey };
}

const TIMER_KINDS = { timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const;

function compileTimer(
  compilation: Compilation,
  element: BpmnElement,
  definition: BpmnElement,
): TimerEvent | null {
  const given = Object.entries(TIMER_KINDS).flatMap(([property, kind]) => {
    const text = textOf(childOf(definition, property), 'body');
    return text === null ? [] : [{ kind, text }];
  });
  const [timer] = given;
  if (timer === undefined || given.length > 1) {
    return reportError(
      compilation,
      element,
      'timer-missing',
      `The timer of ${nameOf(element)} has ${given.length === 0 ? 'no' : 'more than one'} time.`,
      'Give exactly one of timeDate, timeDuration and timeCycle.',
    );
  }
  const expression = compileValue(compilation, element, timer.text, 'timer');
  if (expression === null || !isTimerText(compilation, element, timer.kind, timer.text)) return null;
  return { kind: 'timer', timer: { kind: timer.kind, expression } };
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d|@[\w/+-]+)?)?$/;
const ISO_DURATION =
  /^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;

const TIMER_TEXTS = {
  date: { accepts: (text: string) => ISO_DATE.test(text), example: '2026-01-31T08:00:00Z' },
  duration: { accepts: (text: string) => ISO_DURATION.test(text), example: 'PT1H' },
  cycle: { accepts: (text: string) => isCycle(text), example: 'R3/PT1H' },
} as const;

function isCycle(text: string): boolean {
  const cycle = parseCycle(text);
  return (
    cycle !== null &&
    ISO_DURATION.test(cycle.interval) &&
    (cycle.start === null || ISO_DATE.test(cycle.start))
  );
}

function isTimerText(
  compilation: Compilation,
  element: BpmnElement,
  kind: TimerDefinition['kind'],
  text: string,
): boolean {
  const { accepts, example } = TIMER_TEXTS[kind];
  if (text.startsWith('=') || accepts(text)) return true;
  reportError(
    compilation,
    element,
    'invalid-timer',
    `The timer of ${nameOf(element)} is set to ${JSON.stringify(text)}, which is no ISO 8601 ${kind}.`,
    `Write ISO 8601 such as ${example}, or a FEEL expression after "=".`,
  );
  return false;
}

function compileError(
  compilation: Compilation,
  element: BpmnElement,
  definition: BpmnElement,
): ErrorEvent | null {
  const error = childOf(definition, 'errorRef');
  const code = textOf(error, 'errorCode');
  if (error !== undefined && code === null) {
    return reportError(
      compilation,
      element,
      'error-code-missing',
      `The error ${error.id ?? ''} of ${nameOf(element)} has no errorCode.`,
      'Give the error an errorCode.',
    );
  }
  if (code === null && element.$type === 'bpmn:EndEvent') {
    return reportError(
      compilation,
      element,
      'error-code-missing',
      `${nameOf(element)} throws an error without saying which.`,
      'Refer to an error that has an errorCode (errorRef).',
    );
  }
  return { kind: 'error', code };
}
