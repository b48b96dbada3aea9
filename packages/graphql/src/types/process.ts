import { may } from '@orderloom/access';
import { processVariables, type Instance } from '@orderloom/engine';
import { must } from '@orderloom/kernel';
import { builder } from '../builder.ts';
import { viewerOf, type Context } from '../context.ts';
import { DecisionRecord, Incident, OrderProcess, ProcessDefinition, ProcessPosition } from '../objects.ts';
import { decisionsOf, positionsOf, takenFlowsOf } from '../reads/process-history.ts';
import {
  definitionById,
  historyOf,
  incidentsOf,
  inLanguage,
  latestDefinitions,
  modelOf,
  nameOf,
  nodeOf,
  type InstanceRow,
} from '../reads/processes.ts';

const InstanceStatus = builder.enumType('InstanceStatus', {
  values: ['ACTIVE', 'COMPLETED', 'TERMINATED', 'CANCELLED'] as const,
});
const PositionState = builder.enumType('PositionState', {
  values: ['ACTIVE', 'INCIDENT', 'COMPLETED', 'CANCELLED'] as const,
});

ProcessDefinition.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    key: t.exposeString('key', { description: 'BPMN process id.' }),
    version: t.exposeInt('version'),
    name: t.string({
      resolve: async (definition, _args, { language }) =>
        inLanguage((await modelOf(definition))?.labels ?? {}, language) ?? definition.name,
    }),
    xml: t.exposeString('xml', { description: 'Byte for byte what was deployed.' }),
    deployedAt: t.expose('deployedAt', { type: 'DateTime' }),
  }),
});

ProcessPosition.implement({
  fields: (t) => ({
    elementId: t.exposeString('elementId', { description: 'BPMN id.' }),
    state: t.expose('state', { type: PositionState }),
    count: t.exposeInt('count', { description: 'How many times.' }),
    note: t.exposeString('note', { nullable: true, description: 'What went wrong there.' }),
  }),
});

DecisionRecord.implement({
  fields: (t) => ({
    elementId: t.exposeString('element'),
    elementName: t.exposeString('elementName'),
    decision: t.exposeString('decision', { description: 'DMN decision id.' }),
    explanation: t.expose('explanation', {
      type: 'JSON',
      description: 'Which rules matched with which values.',
    }),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

Incident.implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    elementId: t.exposeString('element'),
    elementName: t.string({
      resolve: ({ instanceId, element }, _args, context) => elementName(context, instanceId, element),
    }),
    code: t.exposeString('code'),
    message: t.exposeString('message'),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true }),
  }),
});

OrderProcess.implement({
  fields: (t) => ({
    instanceId: t.exposeID('id'),
    definition: t.field({
      type: ProcessDefinition,
      resolve: ({ definitionId }, _args, context) => definitionOf(context, definitionId),
    }),
    status: t.expose('status', { type: InstanceStatus }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    stage: t.string({
      nullable: true,
      description:
        'The stage of the drawing the order is in, such as `reviewed`; null when the drawing names none.',
      resolve: stageOf,
    }),
    positions: t.field({
      type: [ProcessPosition],
      description: 'Where the process is and where it was.',
      resolve: async ({ id }, _args, context) =>
        positionsOf(
          await historyOf(context, id),
          (await incidentsOf(context, id)).filter(({ resolvedAt }) => resolvedAt === null),
        ),
    }),
    takenFlows: t.stringList({
      description: 'BPMN ids of the sequence flows taken, each once.',
      resolve: async ({ id }, _args, context) => [...takenFlowsOf(await historyOf(context, id))],
    }),
    incidents: t.field({ type: [Incident], resolve: ({ id }, _args, context) => incidentsOf(context, id) }),
    variables: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null when the viewer may not see them.',
      resolve: (instance, _args, context) =>
        may(viewerOf(context).ability, 'read', 'Process', instance, 'variables')
          ? processVariables(instance.state as unknown as Instance)
          : null,
    }),
    decisions: t.field({
      type: [DecisionRecord],
      description: 'Empty when the viewer may not see them.',
      resolve: async (instance, _args, context) => {
        if (!may(viewerOf(context).ability, 'read', 'Process', instance, 'decisions')) return [];
        const records = decisionsOf(await historyOf(context, instance.id));
        return Promise.all(
          records.map(async (record) => ({
            ...record,
            elementName: await elementName(context, instance.id, record.element),
          })),
        );
      },
    }),
  }),
});

builder.queryFields((t) => ({
  processDefinitions: t.field({
    type: [ProcessDefinition],
    description: 'The latest version of each process.',
    resolve: (_root, _args, context) => latestDefinitions(context),
  }),
  processDefinition: t.field({
    type: ProcessDefinition,
    nullable: true,
    args: { id: t.arg.id() },
    resolve: (_root, { id }, context) => definitionById(context, id),
  }),
}));

async function definitionOf(context: Context, id: string) {
  return must(await definitionById(context, id), 'the definition of an instance');
}

async function elementName(context: Context, instanceId: string, element: string): Promise<string> {
  return nameOf(await nodeOf(context, instanceId, element), context.language, element);
}

/** That of the element entered last which has one: of several under way at once, the one furthest on its way. */
async function stageOf(
  { id, definitionId }: InstanceRow,
  _args: object,
  context: Context,
): Promise<string | null> {
  const model = await modelOf(await definitionOf(context, definitionId));
  const entered = (await historyOf(context, id)).filter(({ type }) => type === 'element.entered');
  const stages = entered.map(({ element }) =>
    element === null ? null : (model?.nodeById.get(element)?.stage ?? null),
  );
  return stages.findLast((stage) => stage !== null) ?? null;
}
