import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDiagram, type DiagramPlane, type DiagramShape } from '@orderloom/bpmn';
import { describe, expect, test } from 'vitest';
import { renderDiagramSvg } from './render-svg.ts';

const review: DiagramShape = {
  type: 'task',
  task: 'user',
  loop: 'none',
  isForCompensation: false,
  elementId: 'Review',
  name: 'Review "A&B" <now>',
  labels: { zh: '审核' },
  bounds: { x: 100, y: 100, width: 100, height: 80 },
};
const overdue: DiagramShape = {
  type: 'event',
  position: 'boundary',
  trigger: 'timer',
  isInterrupting: false,
  attachedTo: 'Review',
  elementId: 'Overdue',
  name: '',
  bounds: { x: 180, y: 160, width: 36, height: 36 },
};
const plane: DiagramPlane = { elementId: 'P', name: 'Order', shapes: [review, overdue], edges: [] };

describe('a picture of a process', () => {
  test('is as large as the drawing and its margin', () => {
    expect(renderDiagramSvg(plane)).toContain('viewBox="76 76 164 144"');
  });

  test('escapes names', () => {
    expect(renderDiagramSvg(plane)).toContain('&quot;A&amp;B&quot;');
    expect(renderDiagramSvg(plane)).not.toContain('<now>');
  });

  test('speaks the language asked for', () => {
    expect(renderDiagramSvg(plane, { locale: 'zh' })).toContain('>审核</text>');
  });

  test('shows the live position, with boundary events above the state of their activity', () => {
    const picture = renderDiagramSvg(plane, {
      positions: [{ elementId: 'Review', state: 'active', count: 3 }],
    });
    expect(picture).toContain('>3</text>');
    expect(picture.indexOf('bpmn-live-outline')).toBeLessThan(picture.indexOf('bpmn-dashed'));
  });

  test('a style sheet cannot end its element', () => {
    expect(renderDiagramSvg(plane, { style: 'a{}</style><script>' })).not.toContain('<script>');
  });
});

// The OMG's interchange models are not ours to ship; where they lie beside the checkout they must all be drawn.
const miwg = join(import.meta.dirname, '../../../../shared/data/bpmn/miwg');
describe.runIf(existsSync(miwg))('models of the BPMN Model Interchange Working Group', () => {
  const models = existsSync(miwg) ? readdirSync(miwg).filter((name) => name.endsWith('.bpmn')) : [];

  test.each(models)('%s is drawn without a hole', async (name) => {
    const { planes } = await readDiagram(readFileSync(join(miwg, name), 'utf8'));
    for (const drawing of planes) {
      const picture = renderDiagramSvg(drawing);
      expect(picture).not.toMatch(/NaN|undefined|Infinity/);
      expect(picture.match(/class="bpmn-shape-/g)).toHaveLength(drawing.shapes.length);
      expect(picture.match(/class="bpmn-edge-/g) ?? []).toHaveLength(drawing.edges.length);
    }
  });
});
