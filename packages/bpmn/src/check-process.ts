import { reportError, reportWarning, type Compilation } from './compilation.ts';
import type { NodeOf, ProcessModel, ProcessNode, Scope } from './process-model.ts';

/** Structural rules of BPMN 2.0.2 that a compiled process must keep to be run. */
export function checkProcess(compilation: Compilation, model: ProcessModel): void {
  if (model.id === '') {
    reportError(compilation, null, 'id-missing', 'A process has no id.', 'Give the process an id.');
  }
  // Of an element that could not be compiled, nothing is known that would justify these findings.
  const complete = compilation.findings.every(({ severity }) => severity === 'warning');
  if (complete) checkConnected(compilation, model);
  for (const scope of model.scopes) checkStart(compilation, model, scope, complete);
  for (const flow of model.flows) {
    const [source, target] = [model.nodes[flow.source], model.nodes[flow.target]];
    if (source?.scope === target?.scope) continue;
    reportError(
      compilation,
      flow.id,
      'flow-crosses-scope',
      `The sequence flow ${flow.id} crosses the border of a sub-process.`,
      'End it inside, or begin it at the sub-process itself.',
    );
  }
  for (const node of model.nodes) {
    checkFlowsOf(compilation, model, node);
    if (node.type === 'exclusiveGateway') checkConditions(compilation, model, node);
    if (node.type === 'eventBasedGateway') checkEventGateway(compilation, model, node);
    if (node.type === 'boundaryEvent') checkBoundary(compilation, model, node);
  }
}

function titleOf(node: ProcessNode): string {
  return node.name === null ? node.id : `${JSON.stringify(node.name)} (${node.id})`;
}

function checkStart(compilation: Compilation, model: ProcessModel, scope: Scope, complete: boolean): void {
  const owner = scope.node === null ? null : model.nodes[scope.node];
  const title = owner ? `The sub-process ${titleOf(owner)}` : `The process ${model.id}`;
  const about = owner?.id ?? model.id;
  const starts = scope.nodes.flatMap((index) => {
    const node = model.nodes[index];
    return node?.type === 'startEvent' ? [node] : [];
  });
  const none = starts.filter(({ event }) => event.kind === 'none');
  if (none.length > 1) {
    reportError(
      compilation,
      about,
      'several-none-starts',
      `${title} has ${none.length} none start events: ${none.map(({ id }) => id).join(', ')}.`,
      'Keep one of them.',
    );
  }
  if (complete && (starts.length === 0 || (owner && none.length === 0))) {
    reportError(
      compilation,
      about,
      'start-missing',
      `${title} has no ${owner ? 'none ' : ''}start event.`,
      'Add a start event.',
    );
  }
  for (const start of starts) {
    if (owner && start.event.kind !== 'none') {
      reportError(
        compilation,
        start.id,
        'start-misplaced',
        `${titleOf(start)} cannot start an embedded sub-process: a token from outside does.`,
        'Make it a none start event, or put the event before the sub-process.',
      );
    }
    if (!owner && start.event.kind === 'timer' && !startsByItself(start.event.timer)) {
      reportError(
        compilation,
        start.id,
        'invalid-timer',
        `${titleOf(start)} cannot start a process: ${JSON.stringify(start.event.timer.expression.text)} depends on when counting begins.`,
        'Use a date, an endless cycle such as R/PT1H, or a cycle with a start such as R5/2026-01-31T08:00:00Z/P1D.',
      );
    }
  }
}

/** A process is deployed more than once and its clock never begins: only absolute times and endless cycles hold. */
function startsByItself({
  kind,
  expression,
}: {
  readonly kind: string;
  readonly expression: { text: string };
}) {
  return kind === 'date' || (kind === 'cycle' && /^=|^R\/|^R\d+\/[^P]/.test(expression.text));
}

function checkFlowsOf(compilation: Compilation, model: ProcessModel, node: ProcessNode): void {
  const unwanted =
    node.type === 'startEvent' || node.type === 'boundaryEvent'
      ? node.incoming.length > 0 && 'incoming'
      : node.type === 'endEvent' && node.outgoing.length > 0 && 'outgoing';
  if (unwanted !== false) {
    reportError(
      compilation,
      node.id,
      'flow-misplaced',
      `${titleOf(node)} must have no ${unwanted} sequence flow.`,
      'Remove the sequence flow, or connect it elsewhere.',
    );
  }
  const fallback = node.defaultFlow === null ? undefined : model.flows[node.defaultFlow];
  if (fallback === undefined) return;
  if (fallback.source !== node.index) {
    reportError(
      compilation,
      node.id,
      'default-misplaced',
      `The default flow ${fallback.id} does not begin at ${titleOf(node)}.`,
      'Choose one of its own outgoing flows.',
    );
  } else if (fallback.condition !== null) {
    reportError(
      compilation,
      fallback.id,
      'default-with-condition',
      `The default flow ${fallback.id} of ${titleOf(node)} has a condition, which would never be asked.`,
      'Remove the condition, or choose another default flow.',
    );
  }
}

function checkConditions(compilation: Compilation, model: ProcessModel, gateway: ProcessNode): void {
  if (gateway.outgoing.length < 2) return;
  for (const index of gateway.outgoing) {
    const flow = model.flows[index];
    if (flow === undefined || flow.condition !== null || index === gateway.defaultFlow) continue;
    // A condition that does not parse is there, and reported.
    if (compilation.findings.some(({ element }) => element === flow.id)) continue;
    reportError(
      compilation,
      flow.id,
      'condition-missing',
      `The sequence flow ${flow.id} leaves the exclusive gateway ${titleOf(gateway)} without a condition.`,
      'Write a condition, or make it the default flow.',
    );
  }
}

/** BPMN 2.0.2, 10.6.6: what an event-based gateway may lead to. */
function checkEventGateway(compilation: Compilation, model: ProcessModel, gateway: ProcessNode): void {
  if (gateway.outgoing.length < 2) {
    reportWarning(
      compilation,
      gateway.id,
      'event-gateway-pointless',
      `The event-based gateway ${titleOf(gateway)} has nothing to choose from.`,
      'Lead it to at least two events.',
    );
  }
  for (const index of gateway.outgoing) {
    const flow = model.flows[index];
    const target = flow && model.nodes[flow.target];
    if (flow === undefined || target === undefined) continue;
    const waits = target.type === 'intermediateCatchEvent' || target.type === 'receiveTask';
    if (waits && target.incoming.length === 1 && target.boundaries.length === 0 && flow.condition === null) {
      continue;
    }
    reportError(
      compilation,
      target.id,
      'event-gateway-target',
      `The event-based gateway ${titleOf(gateway)} cannot lead to ${titleOf(target)}.`,
      'Lead it, without conditions, to intermediate catch events or receive tasks that have no other incoming flow and no boundary events.',
    );
  }
}

function checkBoundary(
  compilation: Compilation,
  model: ProcessModel,
  boundary: NodeOf<'boundaryEvent'>,
): void {
  const host = model.nodes[boundary.attachedTo];
  if (host === undefined) return;
  const isActivity = /task$/i.test(host.type) || host.type === 'subProcess' || host.type === 'callActivity';
  if (!isActivity || host.scope !== boundary.scope) {
    reportError(
      compilation,
      boundary.id,
      'boundary-misplaced',
      `The boundary event ${titleOf(boundary)} is attached to ${titleOf(host)}, which is no activity beside it.`,
      'Attach it to a task, sub-process or call activity of the same scope.',
    );
  }
  const { event } = boundary;
  if (event.kind !== 'error') return;
  const twin = host.boundaries
    .map((index) => model.nodes[index])
    .find(
      (other) =>
        other?.type === 'boundaryEvent' &&
        other.index > boundary.index &&
        other.event.kind === 'error' &&
        other.event.code === event.code,
    );
  if (twin !== undefined) {
    reportError(
      compilation,
      twin.id,
      'error-caught-twice',
      `${titleOf(host)} catches ${event.code === null ? 'every error' : `the error ${event.code}`} twice: ${boundary.id} and ${twin.id}.`,
      'Remove one of the two boundary events.',
    );
  }
}

/** Every node can be reached and leads somewhere. */
function checkConnected(compilation: Compilation, model: ProcessModel): void {
  const reached = new Set<number>();
  const pending = model.nodes.filter(({ type }) => type === 'startEvent').map(({ index }) => index);
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const node = model.nodes[index];
    if (node === undefined || reached.has(index)) continue;
    reached.add(index);
    pending.push(...node.boundaries, ...node.outgoing.flatMap((flow) => model.flows[flow]?.target ?? []));
  }
  for (const node of model.nodes) {
    if (node.outgoing.length === 0 && node.type !== 'endEvent') {
      reportWarning(
        compilation,
        node.id,
        'implicit-end',
        `${titleOf(node)} leads nowhere: the path ends there.`,
        'Connect it to an end event to say so.',
      );
    }
    if (reached.has(node.index)) continue;
    reportWarning(
      compilation,
      node.id,
      'unreachable',
      `${titleOf(node)} can never be reached.`,
      'Connect it, or remove it.',
    );
  }
}
