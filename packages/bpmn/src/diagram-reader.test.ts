import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '@orderloom/kernel';
import { describe, expect, test } from 'vitest';
import { readDiagram } from './diagram-reader.ts';

const definitions = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:orderloom="http://orderloom.dev/schema/bpmn/1.0"
  targetNamespace="http://example.com">${content}</definitions>`;

const shape = (element: string, bounds: string, attributes = '', label = '') =>
  `<bpmndi:BPMNShape id="${element}_di" bpmnElement="${element}" ${attributes}><dc:Bounds ${bounds}/>${label}</bpmndi:BPMNShape>`;
const edge = (element: string) =>
  `<bpmndi:BPMNEdge id="${element}_di" bpmnElement="${element}"><di:waypoint x="100" y="50"/><di:waypoint x="150.5" y="50"/></bpmndi:BPMNEdge>`;

const fulfilment = definitions(`
  <collaboration id="Collaboration">
    <participant id="Shop" name="Shop" processRef="Fulfilment"/>
    <participant id="Customer" name="Customer"/>
    <messageFlow id="Notify" sourceRef="Pick" targetRef="Customer"/>
  </collaboration>
  <process id="Fulfilment">
    <laneSet><lane id="Warehouse" name="Warehouse"><flowNodeRef>Pick</flowNodeRef></lane></laneSet>
    <startEvent id="Start"><messageEventDefinition/></startEvent>
    <userTask id="Pick" name="Pick goods">
      <extensionElements><orderloom:label lang="zh" text="拣货"/></extensionElements>
      <multiInstanceLoopCharacteristics isSequential="true"/>
    </userTask>
    <boundaryEvent id="Late" attachedToRef="Pick" cancelActivity="false"><timerEventDefinition/></boundaryEvent>
    <exclusiveGateway id="Complete" default="No"/>
    <subProcess id="Packing"><task id="Wrap"/></subProcess>
    <endEvent id="End"><terminateEventDefinition/></endEvent>
    <sequenceFlow id="No" name="no" sourceRef="Complete" targetRef="End"/>
    <sequenceFlow id="If" sourceRef="Pick" targetRef="Complete"><conditionExpression>=true</conditionExpression></sequenceFlow>
    <textAnnotation id="Hint"><text>Check the lot</text></textAnnotation>
    <association id="HintOf" associationDirection="One" sourceRef="Hint" targetRef="Pick"/>
  </process>
  <bpmndi:BPMNDiagram id="Diagram"><bpmndi:BPMNPlane id="Plane" bpmnElement="Collaboration">
    ${shape('Late', 'x="180" y="100" width="36" height="36"')}
    ${shape('Wrap', 'x="520" y="60" width="60" height="40"')}
    ${shape('Pick', 'x="150" y="40" width="100" height="80"')}
    ${shape('Warehouse', 'x="30" y="0" width="670" height="200"', 'isHorizontal="true"')}
    ${shape('Shop', 'x="0" y="0" width="700" height="200"', 'isHorizontal="true"')}
    ${shape('Customer', 'x="0" y="300" width="700" height="60"', 'isHorizontal="true"')}
    ${shape('Start', 'x="60" y="60" width="36" height="36"')}
    ${shape('Complete', 'x="300" y="60" width="50" height="50"', 'isMarkerVisible="true"', '<bpmndi:BPMNLabel><dc:Bounds x="290" y="120" width="70" height="14"/></bpmndi:BPMNLabel>')}
    ${shape('Packing', 'x="500" y="40" width="100" height="80"')}
    ${shape('End', 'x="630" y="60" width="36" height="36"')}
    ${shape('Hint', 'x="300" y="10" width="80" height="30"')}
    ${shape('Nowhere', 'x="1" y="1" width="1" height="1"')}
    ${edge('No')}${edge('If')}${edge('Notify')}${edge('HintOf')}
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`);

describe('a drawn process', async () => {
  const { planes, hasInterchange } = await readDiagram(fulfilment);
  const [plane] = planes;
  const shapeOf = (id: string) =>
    must(
      plane?.shapes.find(({ elementId }) => elementId === id),
      id,
    );
  const edgeOf = (id: string) =>
    must(
      plane?.edges.find(({ elementId }) => elementId === id),
      id,
    );

  test('is one plane of the collaboration', () => {
    expect(hasInterchange).toBe(true);
    expect(planes.map(({ elementId }) => elementId)).toEqual(['Collaboration']);
    expect(plane?.name).toBe('Shop');
  });

  test.each([
    ['Start', { type: 'event', position: 'start', trigger: 'message', isInterrupting: true }],
    [
      'Late',
      { type: 'event', position: 'boundary', trigger: 'timer', isInterrupting: false, attachedTo: 'Pick' },
    ],
    ['End', { type: 'event', position: 'end', trigger: 'terminate' }],
    ['Pick', { type: 'task', task: 'user', loop: 'sequential', name: 'Pick goods', labels: { zh: '拣货' } }],
    ['Complete', { type: 'gateway', gateway: 'exclusive', isMarkerVisible: true }],
    ['Packing', { type: 'subProcess', variant: 'embedded', isExpanded: true }],
    ['Hint', { type: 'textAnnotation', name: 'Check the lot' }],
    ['Shop', { type: 'participant', name: 'Shop', isHorizontal: true, isMultiple: false, isBlackBox: false }],
    ['Customer', { type: 'participant', isBlackBox: true }],
  ])('%s has its notation', (id, notation) => {
    expect(shapeOf(id)).toMatchObject(notation);
  });

  test.each([
    ['Pick', 'Shop', 'Warehouse'],
    ['Warehouse', 'Shop', undefined],
    ['Wrap', 'Packing', undefined],
    ['Shop', undefined, undefined],
  ])('%s is inside %s, lane %s', (id, parentId, laneId) => {
    expect({ parentId: shapeOf(id).parentId, laneId: shapeOf(id).laneId }).toEqual({ parentId, laneId });
  });

  test.each([
    [
      'No',
      { kind: 'sequence', sourceId: 'Complete', targetId: 'End', isDefault: true, isConditional: false },
    ],
    ['If', { kind: 'sequence', isDefault: false, isConditional: true }],
    ['Notify', { kind: 'message', sourceId: 'Pick', targetId: 'Customer' }],
    ['HintOf', { kind: 'association', direction: 'one' }],
  ])('flow %s has its ends and marks', (id, facts) => {
    expect(edgeOf(id)).toMatchObject(facts);
  });

  test('keeps places as the file has them', () => {
    expect(shapeOf('Pick').bounds).toEqual({ x: 150, y: 40, width: 100, height: 80 });
    expect(shapeOf('Complete').labelBounds).toEqual({ x: 290, y: 120, width: 70, height: 14 });
    expect(edgeOf('No').waypoints).toEqual([
      { x: 100, y: 50 },
      { x: 150.5, y: 50 },
    ]);
  });

  test('is in drawing order: what lies behind comes first', () => {
    const order = plane?.shapes.map(({ elementId }) => elementId) ?? [];
    expect(order.slice(0, 3)).toEqual(['Shop', 'Customer', 'Warehouse']);
    expect(order.indexOf('Packing')).toBeLessThan(order.indexOf('Wrap'));
    expect(order.at(-1)).toBe('Late');
  });

  test('leaves out a shape of an element that does not exist', () => {
    expect(plane?.shapes.map(({ elementId }) => elementId)).not.toContain('Nowhere');
  });

  test('survives being sent as JSON', () => {
    expect(JSON.parse(JSON.stringify(planes))).toEqual(planes);
  });
});

test('a process without a drawing has no planes and says so', async () => {
  expect(await readDiagram(definitions('<process id="P"><task id="T"/></process>'))).toEqual({
    planes: [],
    hasInterchange: false,
  });
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a/>', { code: 'BPMN_UNSAFE' }],
  ['more than 2 MB', definitions(' '.repeat(2 * 1024 * 1024)), { code: 'BPMN_TOO_LARGE' }],
  [
    'broken XML',
    definitions('\n<process></task>'),
    { code: 'BPMN_UNREADABLE', details: { line: 7, column: 10 } },
  ],
])('refuses %s', async (_, xml, error) => {
  await expect(readDiagram(xml)).rejects.toMatchObject(error);
});

// The OMG's interchange models are not ours to ship; where they lie beside the checkout they must all be read.
const miwg = join(import.meta.dirname, '../../../../shared/data/bpmn/miwg');
describe.runIf(existsSync(miwg))('models of the BPMN Model Interchange Working Group', () => {
  const models = existsSync(miwg) ? readdirSync(miwg).filter((name) => name.endsWith('.bpmn')) : [];

  test.each(models)('%s is read whole', async (name) => {
    const xml = readFileSync(join(miwg, name), 'utf8');
    const { planes } = await readDiagram(xml);
    const shapes = planes.flatMap((plane) => plane.shapes);
    expect(shapes).toHaveLength(xml.match(/<\w+:BPMNShape[\s>]/g)?.length ?? 0);
    expect(shapes.filter(({ type }) => type === 'other')).toEqual([]);
  });
});
