import type { DiagramEdge, DiagramPlane, DiagramShape } from '@orderloom/bpmn';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowOrderOf } from './flow-order.ts';

type Place = readonly [x: number, y: number];

const task = (elementId: string, [x, y]: Place, parentId?: string): DiagramShape => ({
  type: 'task',
  task: 'none',
  loop: 'none',
  isForCompensation: false,
  elementId,
  name: elementId,
  bounds: { x, y, width: 100, height: 80 },
  ...(parentId && { parentId }),
});

const boundaryEvent = (elementId: string, attachedTo: string, [x, y]: Place): DiagramShape => ({
  type: 'event',
  position: 'boundary',
  trigger: 'timer',
  isInterrupting: true,
  attachedTo,
  elementId,
  name: elementId,
  bounds: { x, y, width: 36, height: 36 },
});

const subProcess = (elementId: string, [x, y]: Place): DiagramShape => ({
  type: 'subProcess',
  variant: 'embedded',
  isExpanded: true,
  loop: 'none',
  isForCompensation: false,
  elementId,
  name: elementId,
  bounds: { x, y, width: 400, height: 200 },
});

const flow = (ends: string): DiagramEdge => {
  const [sourceId = '', targetId = ''] = ends.split('>');
  return {
    elementId: ends,
    kind: 'sequence',
    name: '',
    sourceId,
    targetId,
    waypoints: [],
    isDefault: false,
    isConditional: false,
    direction: 'none',
  };
};

const planeOf = (shapes: readonly DiagramShape[], flows: readonly string[]): DiagramPlane => ({
  elementId: 'P',
  name: '',
  shapes,
  edges: flows.map(flow),
});

/**
 *            ┌─ Top ────┐
 *   Start ─ Split       Join ─ Inside( In1 ─ In2 ) ─ End
 *            └─ Bottom ─┘
 *               (Late) ─ Chase
 */
const plane = planeOf(
  [
    task('Start', [0, 100]),
    task('Split', [150, 100]),
    task('Bottom', [300, 200]),
    task('Top', [300, 0]),
    task('Join', [450, 100]),
    subProcess('Inside', [600, 50]),
    task('In1', [620, 100], 'Inside'),
    task('In2', [760, 100], 'Inside'),
    task('End', [1100, 100]),
    boundaryEvent('Late', 'Bottom', [340, 262]),
    task('Chase', [450, 350]),
  ],
  [
    'Start>Split',
    'Split>Bottom',
    'Split>Top',
    'Top>Join',
    'Bottom>Join',
    'Join>Inside',
    'In1>In2',
    'Inside>End',
    'Late>Chase',
  ],
);

describe('arrow keys follow the flow', () => {
  const order = flowOrderOf(plane);

  test.each([
    ['Start', 'Split'],
    ['Split', 'Top'],
    ['Bottom', 'Join'],
    ['Inside', 'End'],
    ['In1', 'In2'],
    ['Late', 'Chase'],
    ['End', undefined],
  ])('right from %s is %s', (from, to) => {
    expect(order.next(from)).toBe(to);
  });

  test.each([
    ['Split', 'Start'],
    ['Chase', 'Late'],
    ['Late', 'Bottom'],
    ['In1', 'Inside'],
    ['Start', undefined],
  ])('left from %s is %s', (from, to) => {
    expect(order.previous(from)).toBe(to);
  });

  test.each([
    ['Top', 1, 'Bottom'],
    ['Bottom', -1, 'Top'],
    ['Bottom', 1, 'Late'],
    ['Late', -1, 'Bottom'],
    ['Inside', 1, 'In1'],
    ['Top', -1, undefined],
  ] as const)('from %s, %i step down the branches is %s', (from, step, to) => {
    expect(order.sibling(from, step)).toBe(to);
  });
});

test('the outline names a join after its branches, the upper branch first, insides below their sub-process', () => {
  const steps = flowOrderOf(plane).steps.map(({ shape, depth }) => `${'-'.repeat(depth)}${shape.elementId}`);
  expect(steps.filter((step) => !['Late', 'Chase'].includes(step))).toEqual([
    'Start',
    'Split',
    'Top',
    'Bottom',
    'Join',
    'Inside',
    '-In1',
    '-In2',
    'End',
  ]);
  expect(steps.indexOf('Late')).toBeGreaterThan(steps.indexOf('Bottom'));
  expect(steps.indexOf('Chase')).toBeGreaterThan(steps.indexOf('Late'));
});

test('pools, lanes, notes and data are not on the way', () => {
  const note: DiagramShape = {
    type: 'textAnnotation',
    elementId: 'N',
    name: '',
    bounds: { x: 0, y: 0, width: 1, height: 1 },
  };
  expect(flowOrderOf(planeOf([note], [])).steps).toEqual([]);
});

describe('in any graph, loops and islands too', () => {
  const graph = fc.integer({ min: 1, max: 8 }).chain((size) => {
    const node = fc.integer({ min: 0, max: size - 1 });
    return fc.record({
      places: fc.array(fc.tuple(node, node), { minLength: size, maxLength: size }),
      flows: fc.array(fc.tuple(node, node), { maxLength: 16 }),
    });
  });
  const planeFrom = ({ places, flows }: { places: [number, number][]; flows: [number, number][] }) =>
    planeOf(
      places.map(([x, y], index) => task(`N${index}`, [x * 150, y * 100])),
      flows.map(([from, to]) => `N${from}>N${to}`),
    );

  test('every node is named once', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const drawing = planeFrom(drawn);
        const named = flowOrderOf(drawing).steps.map(({ shape }) => shape.elementId);
        expect(named.toSorted()).toEqual(drawing.shapes.map(({ elementId }) => elementId).toSorted());
      }),
    );
  });

  test('a step down and up again comes back', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const drawing = planeFrom(drawn);
        const order = flowOrderOf(drawing);
        for (const { elementId } of drawing.shapes) {
          const below = order.sibling(elementId, 1);
          // A node with several ways in has siblings by its first one only, so the two need not agree.
          if (below !== undefined && order.previous(below) === order.previous(elementId)) {
            expect(order.sibling(below, -1)).toBe(elementId);
          }
        }
      }),
    );
  });
});
