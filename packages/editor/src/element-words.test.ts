import type { DiagramPlane, DiagramShape } from '@orderloom/bpmn';
import { expect, test } from 'vitest';
import { accessibleName, nameIn } from './element-words.ts';
import type { LivePosition } from './live-position.ts';
import { editorMessages } from './messages/index.ts';

const bounds = { x: 0, y: 0, width: 1, height: 1 };
const activity = { loop: 'none', isForCompensation: false } as const;

const shapes = {
  warehouse: {
    type: 'lane',
    isHorizontal: true,
    elementId: 'L',
    name: 'Warehouse',
    labels: { 'zh-CN': '仓库' },
    bounds,
  },
  pick: {
    type: 'task',
    task: 'user',
    elementId: 'T',
    name: 'Pick goods',
    labels: { zh: '拣货' },
    laneId: 'L',
    bounds,
    ...activity,
  },
  late: {
    type: 'event',
    position: 'boundary',
    trigger: 'timer',
    isInterrupting: true,
    attachedTo: 'T',
    elementId: 'B',
    name: '',
    bounds,
  },
  start: {
    type: 'event',
    position: 'start',
    trigger: 'none',
    isInterrupting: true,
    elementId: 'S',
    name: '',
    bounds,
  },
  split: {
    type: 'gateway',
    gateway: 'eventBased',
    isMarkerVisible: true,
    elementId: 'G',
    name: 'What comes?',
    bounds,
  },
  each: {
    type: 'subProcess',
    variant: 'embedded',
    isExpanded: false,
    elementId: 'P',
    name: 'Pack',
    bounds,
    ...activity,
    loop: 'parallel',
  },
  file: { type: 'data', data: 'object', isCollection: false, elementId: 'D', name: 'Label', bounds },
} satisfies Record<string, DiagramShape>;

const plane: DiagramPlane = { elementId: 'C', name: '', shapes: Object.values(shapes), edges: [] };
const waiting: LivePosition = { elementId: 'T', state: 'active', count: 1 };

test.each<[keyof typeof shapes, LivePosition | undefined, 'en' | 'zh', string]>([
  ['pick', waiting, 'en', 'User task Pick goods, lane Warehouse, waiting now'],
  ['pick', waiting, 'zh', '用户任务 拣货，泳道 仓库，正在等待'],
  ['pick', { ...waiting, count: 3 }, 'en', 'User task Pick goods, lane Warehouse, 3 waiting now'],
  [
    'pick',
    { ...waiting, state: 'incident', note: 'scanner offline' },
    'en',
    'User task Pick goods, lane Warehouse, needs attention, scanner offline',
  ],
  ['late', undefined, 'en', 'Timer boundary event, at Pick goods'],
  ['start', { elementId: 'S', state: 'completed', count: 1 }, 'en', 'Start event, done'],
  ['split', undefined, 'en', 'Event-based gateway What comes?'],
  ['each', undefined, 'en', 'Sub-process Pack, several at once, collapsed'],
  ['file', undefined, 'zh', '数据对象 Label'],
])('%s', (key, position, locale, words) => {
  expect(accessibleName(shapes[key], plane, position, locale)).toBe(words);
});

test('a name is taken in the language of the reader, whatever the region', () => {
  expect(nameIn(shapes.warehouse, 'zh')).toBe('仓库');
  expect(nameIn(shapes.warehouse, 'en')).toBe('Warehouse');
});

test('Chinese has every word that English has', () => {
  expect(Object.values(editorMessages.zh)).not.toContain('');
  expect(Object.keys(editorMessages.zh)).toEqual(Object.keys(editorMessages.en));
});
