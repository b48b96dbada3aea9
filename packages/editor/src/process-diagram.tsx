import type { Diagram, DiagramPlane, DiagramShape } from '@orderloom/bpmn';
import { EmptyState, IconButton } from '@orderloom/ui';
import { translator, type Locale } from '@orderloom/ui/i18n';
import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  ViewportPortal,
  type Node,
  type NodeProps,
  type ReactFlowState,
} from '@xyflow/react';
import { FileQuestion, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { memo, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { DiagramLegend } from './diagram-legend.tsx';
import { drawEdge } from './draw-edge.ts';
import { drawLiveBadge, drawLiveOutline, outline } from './draw-position.ts';
import { drawShape, type DrawingText } from './draw-shape.ts';
import { accessibleName, nameIn } from './element-words.ts';
import { flowOrderOf } from './flow-order.ts';
import { positionsByElement, type LivePosition } from './live-position.ts';
import { measureText } from './measure-text.ts';
import { editorMessages } from './messages/index.ts';
import { isInView, planeBounds, viewportAround } from './plane-view.ts';
import { isBoundaryEvent, isContainer } from './render-svg.ts';
import { SvgElement } from './svg-element.tsx';
import { at, svg, type SvgNode } from './svg-node.ts';

export interface ProcessDiagramProps {
  readonly diagram: Diagram;
  /** Where the instance is; empty shows the process alone. */
  readonly positions: readonly LivePosition[];
  /** Ids of the sequence flows the instance took. */
  readonly takenFlows?: readonly string[];
  readonly selectedElementId?: string | null;
  readonly onSelect?: (elementId: string | null) => void;
  readonly locale: Locale;
  /** Any CSS height. */
  readonly height?: string;
}

/** A process as it is drawn, with the live position of an instance. */
export function ProcessDiagram({
  diagram,
  positions,
  height = '28rem',
  locale,
  ...props
}: ProcessDiagramProps) {
  const t = translator(editorMessages, locale);
  const [chosenId, choosePlane] = useState<string | null>(null);
  const plane =
    diagram.planes.find(({ elementId }) => elementId === chosenId) ?? planeOfInterest(diagram, positions);

  if (!plane)
    return <EmptyState icon={FileQuestion} title={t('noDrawing')} description={t('noDrawingHint')} />;
  return (
    <div className="flex min-w-0 flex-col bg-surface" style={{ height }}>
      {diagram.planes.length > 1 && (
        <PlaneChoice planes={diagram.planes} current={plane} locale={locale} onChoose={choosePlane} />
      )}
      <ReactFlowProvider key={plane.elementId}>
        <div className="relative min-h-0 flex-1">
          <PlaneCanvas {...props} plane={plane} positions={positions} locale={locale} />
          <ViewToolbar locale={locale} />
        </div>
      </ReactFlowProvider>
      {positions.length > 0 && <DiagramLegend locale={locale} />}
    </div>
  );
}

/** The drawing in which something is going on, else the first. */
function planeOfInterest({ planes }: Diagram, positions: readonly LivePosition[]): DiagramPlane | undefined {
  const open = new Set(
    positions
      .filter(({ state }) => state === 'active' || state === 'incident')
      .map(({ elementId }) => elementId),
  );
  return planes.find(({ shapes }) => shapes.some(({ elementId }) => open.has(elementId))) ?? planes[0];
}

interface PlaneChoiceProps {
  readonly planes: readonly DiagramPlane[];
  readonly current: DiagramPlane;
  readonly locale: Locale;
  readonly onChoose: (elementId: string) => void;
}

function PlaneChoice({ planes, current, locale, onChoose }: PlaneChoiceProps) {
  const t = translator(editorMessages, locale);
  return (
    <div
      role="group"
      aria-label={t('drawings')}
      className="flex gap-1 overflow-x-auto border-b border-line p-1.5"
    >
      {planes.map((plane, index) => (
        <button
          key={plane.elementId}
          type="button"
          aria-pressed={plane === current}
          onClick={() => onChoose(plane.elementId)}
          className="h-7 rounded-md px-2.5 text-xs font-medium whitespace-nowrap text-text-muted hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {plane.name || String(index + 1)}
        </button>
      ))}
    </div>
  );
}

type CanvasProps = Omit<ProcessDiagramProps, 'diagram' | 'height'> & { readonly plane: DiagramPlane };

function PlaneCanvas({ plane, positions, takenFlows, selectedElementId, onSelect, locale }: CanvasProps) {
  const t = translator(editorMessages, locale);
  const idPrefix = useId();
  const { fitView, getViewport, setViewport, zoomIn, zoomOut } = useReactFlow();
  const zoom = useStore(zoomStep);
  const extent = useStore((state) => ({ width: state.width, height: state.height }), sameSize);
  const [focusedId, setFocusedId] = useState<string | undefined>();
  const [hasFocus, setHasFocus] = useState(false);

  const live = useMemo(() => positionsByElement(positions), [positions]);
  const order = useMemo(() => flowOrderOf(plane), [plane]);
  const shapes = useMemo(() => new Map(plane.shapes.map((shape) => [shape.elementId, shape])), [plane]);
  const nodes = useMemo(() => nodesOf(plane, live, locale, idPrefix), [plane, live, locale, idPrefix]);

  /** Shows all of it when names stay readable so, else the part where something is going on. */
  function showFirst(): void {
    const drawing = planeBounds(plane);
    const scale = Math.min(extent.width / drawing.width, extent.height / drawing.height);
    const start = shapes.get(firstOfInterest(selectedElementId, live) ?? order.first ?? '');
    if (scale < READABLE_ZOOM && start)
      void setViewport(viewportAround(start.bounds, drawing, extent, CLOSE_ZOOM));
  }

  function focus(elementId: string | undefined): void {
    const shape = elementId === undefined ? undefined : shapes.get(elementId);
    if (!shape) return;
    setFocusedId(elementId);
    const view = getViewport();
    if (isInView(shape.bounds, view, extent)) return;
    void setViewport(viewportAround(shape.bounds, planeBounds(plane), extent, view.zoom), { duration: 150 });
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = focusedId ?? order.first;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowRight: () => here !== undefined && focus(order.next(here)),
      ArrowLeft: () => here !== undefined && focus(order.previous(here)),
      ArrowUp: () => here !== undefined && focus(order.sibling(here, -1)),
      ArrowDown: () => here !== undefined && focus(order.sibling(here, 1)),
      Home: () => focus(order.first),
      End: () => focus(order.steps.at(-1)?.shape.elementId),
      Enter: () => here !== undefined && onSelect?.(here),
      ' ': () => here !== undefined && onSelect?.(here),
      Escape: () => onSelect?.(null),
      '+': () => void zoomIn(),
      '=': () => void zoomIn(),
      '-': () => void zoomOut(),
      '0': () => void fitView(FIT_VIEW),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    setHasFocus(true);
    action();
  }

  const focusedShape = hasFocus && focusedId !== undefined ? shapes.get(focusedId) : undefined;
  const selectedShape = selectedElementId ? shapes.get(selectedElementId) : undefined;

  return (
    <>
      <ReactFlow
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        fitView
        fitViewOptions={FIT_VIEW}
        onInit={showFirst}
        minZoom={0.1}
        maxZoom={3}
        zIndexMode="manual"
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        elevateNodesOnSelect={false}
        disableKeyboardA11y
        // A page that holds a diagram keeps scrolling; the wheel zooms with Ctrl or Cmd, as pinching does.
        zoomOnScroll={false}
        preventScrolling={false}
        zoomOnDoubleClick={false}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        panActivationKeyCode={null}
        onNodeClick={(_, { id }) => onSelect?.(id)}
        onPaneClick={() => onSelect?.(null)}
        tabIndex={0}
        aria-roledescription={t('diagram')}
        aria-label={t('diagramOf', { name: plane.name })}
        aria-describedby={`${idPrefix}instructions`}
        {...(focusedShape && { 'aria-activedescendant': idPrefix + focusedShape.elementId })}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target !== event.currentTarget) return;
          // A press of the pointer focuses too, but needs no mark.
          setHasFocus(event.currentTarget.matches(':focus-visible'));
          if (focusedId === undefined) setFocusedId(firstOfInterest(selectedElementId, live) ?? order.first);
        }}
        onBlur={() => setHasFocus(false)}
        style={{ '--diagram-zoom': zoom } as object}
        className="-outline-offset-2"
      >
        <ViewportPortal>
          <EdgeLayer plane={plane} takenFlows={takenFlows ?? NO_FLOWS} locale={locale} />
          <LiveLayer plane={plane} live={live} />
          <Overlay
            layer={Layer.Marks}
            drawings={[
              ...(selectedShape ? [marked(selectedShape, 5, 'bpmn-selected')] : []),
              ...(focusedShape ? [marked(focusedShape, 8, 'bpmn-focused')] : []),
            ]}
          />
        </ViewportPortal>
      </ReactFlow>
      <p id={`${idPrefix}instructions`} hidden>
        {t('instructions')}
      </p>
    </>
  );
}

/** Below it names of 12 px can no longer be read. */
const READABLE_ZOOM = 0.6;
const CLOSE_ZOOM = 0.85;
const FIT_VIEW = { padding: 0.06, maxZoom: 1.25 };
const NO_EDGES: [] = [];
const NO_FLOWS: readonly string[] = [];

/** Strokes follow the zoom in steps of a tenth, so that not every frame of a zoom styles every symbol anew. */
const zoomStep = (state: ReactFlowState): number => Math.max(0.1, Math.round(state.transform[2] * 10) / 10);

/** What is drawn over what. */
const Layer = { Containers: 0, Edges: 1, Nodes: 2, Live: 3, BoundaryEvents: 4, Badges: 5, Marks: 6 } as const;

const sameSize = (a: { width: number; height: number }, b: { width: number; height: number }): boolean =>
  a.width === b.width && a.height === b.height;

function firstOfInterest(
  selected: string | null | undefined,
  live: ReadonlyMap<string, LivePosition>,
): string | undefined {
  const open = [...live.values()].find(({ state }) => state === 'incident' || state === 'active');
  return selected ?? open?.elementId;
}

const drawingTexts: Readonly<Record<Locale, DrawingText>> = {
  en: { nameOf: (words) => nameIn(words, 'en'), measure: measureText },
  zh: { nameOf: (words) => nameIn(words, 'zh'), measure: measureText },
};

type ShapeNode = Node<{
  readonly shape: DiagramShape;
  readonly locale: Locale;
  readonly label: string;
  readonly domId: string;
}>;

function nodesOf(
  plane: DiagramPlane,
  live: ReadonlyMap<string, LivePosition>,
  locale: Locale,
  idPrefix: string,
): ShapeNode[] {
  return plane.shapes.map((shape) => ({
    id: shape.elementId,
    type: 'shape',
    position: { x: shape.bounds.x, y: shape.bounds.y },
    width: shape.bounds.width,
    height: shape.bounds.height,
    zIndex: layerOf(shape),
    data: {
      shape,
      locale,
      label: accessibleName(shape, plane, live.get(shape.elementId), locale),
      domId: idPrefix + shape.elementId,
    },
  }));
}

const ShapeView = memo(
  function ShapeView({ data: { shape, locale, label, domId } }: NodeProps<ShapeNode>) {
    return (
      <div id={domId} role="img" aria-label={label} title={label} className="size-full cursor-pointer">
        <svg className="notation block size-full" aria-hidden>
          <SvgElement node={drawShape(shape, drawingTexts[locale])} />
        </svg>
      </div>
    );
  },
  // Positions change often, shapes never: only new words draw a node again.
  ({ data: before }, { data: after }) =>
    before.shape === after.shape && before.label === after.label && before.locale === after.locale,
);

const NODE_TYPES = { shape: ShapeView };

interface EdgeLayerProps {
  readonly plane: DiagramPlane;
  readonly takenFlows: readonly string[];
  readonly locale: Locale;
}

const EdgeLayer = memo(function EdgeLayer({ plane, takenFlows, locale }: EdgeLayerProps) {
  const taken = new Set(takenFlows);
  // The way taken lies over the ways not taken where they cross.
  const edges = plane.edges.toSorted(
    (a, b) => Number(taken.has(a.elementId)) - Number(taken.has(b.elementId)),
  );
  return (
    <svg
      className="notation pointer-events-none absolute size-px"
      style={{ zIndex: Layer.Edges }}
      aria-hidden
    >
      {edges.map((edge) => (
        <SvgElement
          key={edge.elementId}
          node={drawEdge(edge, taken.has(edge.elementId), drawingTexts[locale])}
        />
      ))}
    </svg>
  );
});

interface LiveLayerProps {
  readonly plane: DiagramPlane;
  readonly live: ReadonlyMap<string, LivePosition>;
}

const LiveLayer = memo(function LiveLayer({ plane, live }: LiveLayerProps) {
  const shown = plane.shapes.flatMap((shape) => {
    const position = live.get(shape.elementId);
    return position ? [{ shape, position }] : [];
  });
  const below = shown.filter(({ shape }) => !isBoundaryEvent(shape));
  const above = shown.filter(({ shape }) => isBoundaryEvent(shape));
  return (
    <>
      <Overlay
        layer={Layer.Live}
        drawings={below.map(({ shape, position }) => drawLiveOutline(shape, position))}
      />
      <Overlay
        layer={Layer.Badges}
        drawings={[
          ...above.map(({ shape, position }) => drawLiveOutline(shape, position)),
          ...shown.map(({ shape, position }) => drawLiveBadge(shape, position)),
        ]}
      />
    </>
  );
});

/** Drawings in coordinates of the plane, between or above the nodes; the pointer goes through them. */
function Overlay({ layer, drawings }: { readonly layer: number; readonly drawings: readonly SvgNode[] }) {
  return (
    <svg
      className="notation pointer-events-none absolute top-0 left-0 size-px"
      style={{ zIndex: layer }}
      aria-hidden
    >
      <SvgElement node={svg('g', {}, ...drawings)} />
    </svg>
  );
}

function layerOf(shape: DiagramShape): number {
  if (isBoundaryEvent(shape)) return Layer.BoundaryEvents;
  return isContainer(shape) ? Layer.Containers : Layer.Nodes;
}

function marked(shape: DiagramShape, grown: number, style: string): SvgNode {
  return at(shape.bounds.x, shape.bounds.y, 1, outline(shape, grown, style));
}

function ViewToolbar({ locale }: { readonly locale: Locale }) {
  const t = translator(editorMessages, locale);
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  return (
    <div
      role="toolbar"
      aria-label={t('toolbar')}
      className="absolute top-2 right-2 z-10 flex rounded-md border border-line bg-raised p-0.5"
    >
      <IconButton icon={ZoomOut} label={t('zoomOut')} onPress={() => void zoomOut()} />
      <IconButton icon={ZoomIn} label={t('zoomIn')} onPress={() => void zoomIn()} />
      <IconButton icon={Maximize} label={t('fitView')} onPress={() => void fitView(FIT_VIEW)} />
    </div>
  );
}
