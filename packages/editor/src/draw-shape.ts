import type { Bounds, DiagramShape } from '@orderloom/bpmn';
import { eventGlyph, gatewayGlyph, markerGlyph, taskGlyph, type ActivityMarker } from './glyphs.ts';
import { at, round, svg, type SvgNode } from './svg-node.ts';
import { FONT_SIZE, LINE_HEIGHT, wrapText, type MeasureText } from './text-layout.ts';

/** Width of the name band of pools and lanes. */
const BAND = 30;
const ICON = 18;
/** Below this height there is room for a small icon only. */
const FULL_HEIGHT = 70;
const MARKER = 14;
const RADIUS = 10;
/** External labels are wrapped here unless the file gives them more room. */
const LABEL_WIDTH = 96;

/** How names are chosen and set. */
export interface DrawingText {
  readonly nameOf: (words: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
  }) => string;
  readonly measure: MeasureText;
}

/** A BPMN symbol with its name; (0, 0) is the top left corner of its bounds. */
export function drawShape(shape: DiagramShape, text: DrawingText): SvgNode {
  return svg('g', { class: `bpmn-shape-${shape.type}` }, ...symbolOf(shape, text));
}

function symbolOf(shape: DiagramShape, text: DrawingText): readonly SvgNode[] {
  const { width, height } = shape.bounds;
  const name = text.nameOf(shape);
  switch (shape.type) {
    case 'event':
      return [...event(shape), ...externalLabel(shape, name, text)];
    case 'gateway':
      return [...gateway(shape), ...externalLabel(shape, name, text)];
    case 'task':
      return [
        activityBox('bpmn-body', width, height),
        ...icon(taskGlyph(shape.task), height),
        ...activityLabel(shape.bounds, name, shape.task !== 'none', markersOf(shape).length > 0, text),
        ...markers(shape.bounds, markersOf(shape)),
      ];
    case 'callActivity':
    case 'subProcess':
      return subProcess(shape, name, text);
    case 'participant':
      return [
        box('bpmn-body', width, height),
        ...bandLabel(shape.bounds, name, shape.isHorizontal, !shape.isBlackBox, text),
        ...(shape.isMultiple
          ? [at(width / 2 - MARKER / 2, height - MARKER - 4, MARKER / 24, ...markerGlyph('parallel'))]
          : []),
      ];
    case 'lane':
      return [
        box('bpmn-body', width, height),
        ...bandLabel(shape.bounds, name, shape.isHorizontal, false, text),
      ];
    case 'data':
      return [...dataObject(shape), ...externalLabel(shape, name, text)];
    case 'dataStore':
      return [...dataStore(width, height), ...externalLabel(shape, name, text)];
    case 'textAnnotation':
      return [
        svg('path', {
          class: 'bpmn-outline',
          d: `M${Math.min(12, width / 4)} 0H0V${height}H${Math.min(12, width / 4)}`,
        }),
        ...lines(
          wrapText(name, width - 12, Math.floor(height / LINE_HEIGHT), text.measure),
          8,
          height / 2,
          'start',
        ),
      ];
    case 'group':
      return [
        svg('rect', { class: 'bpmn-group-outline', width, height, rx: RADIUS }),
        ...lines(wrapText(name, width - 16, 2, text.measure), width / 2, 4 + LINE_HEIGHT / 2, 'middle'),
      ];
    case 'message':
      return [
        svg('path', {
          class: shape.isInitiating ? 'bpmn-body' : 'bpmn-body bpmn-shaded',
          d: `M0 0H${width}V${height}H0zM0 0L${width / 2} ${height * 0.55}L${width} 0`,
        }),
        ...externalLabel(shape, name, text),
      ];
    default:
      return [
        box('bpmn-body bpmn-unknown', width, height),
        ...activityLabel(shape.bounds, name, false, false, text),
      ];
  }
}

const box = (style: string, width: number, height: number, rx = 0): SvgNode =>
  svg('rect', { class: style, width, height, rx });

const activityBox = (style: string, width: number, height: number): SvgNode =>
  box(style, width, height, Math.min(RADIUS, width / 4, height / 4));

function icon(glyph: readonly SvgNode[], height: number): readonly SvgNode[] {
  if (glyph.length === 0) return [];
  return [height >= FULL_HEIGHT ? at(6, 6, ICON / 24, ...glyph) : at(3, 3, 14 / 24, ...glyph)];
}

function event(shape: Extract<DiagramShape, { type: 'event' }>): readonly SvgNode[] {
  const { width, height } = shape.bounds;
  const [cx, cy] = [width / 2, height / 2];
  const r = Math.min(cx, cy);
  const dash = shape.isInterrupting ? '' : ' bpmn-dashed';
  const ring = (style: string, radius: number) =>
    svg('circle', { class: `${style}${dash}`, cx, cy, r: round(radius) });
  const isThrowing = shape.position === 'throw' || shape.position === 'end';
  const size = r * (shape.trigger === 'terminate' ? 1.25 : 1.06);
  const glyph = eventGlyph(shape.trigger, isThrowing);
  return [
    ring(shape.position === 'end' ? 'bpmn-body bpmn-thick' : 'bpmn-body', r),
    ...(['catch', 'throw', 'boundary'].includes(shape.position) ? [ring('bpmn-outline', r * 0.83)] : []),
    ...(glyph.length > 0 ? [at(cx - size / 2, cy - size / 2, size / 24, ...glyph)] : []),
  ];
}

function gateway(shape: Extract<DiagramShape, { type: 'gateway' }>): readonly SvgNode[] {
  const { width, height } = shape.bounds;
  const [cx, cy] = [width / 2, height / 2];
  const size = Math.min(width, height) * 0.5;
  const isMarked = shape.gateway !== 'exclusive' || shape.isMarkerVisible;
  return [
    svg('polygon', { class: 'bpmn-body', points: `${cx},0 ${width},${cy} ${cx},${height} 0,${cy}` }),
    ...(isMarked ? [at(cx - size / 2, cy - size / 2, size / 24, ...gatewayGlyph(shape.gateway))] : []),
  ];
}

function subProcess(
  shape: Extract<DiagramShape, { type: 'subProcess' | 'callActivity' }>,
  name: string,
  text: DrawingText,
): readonly SvgNode[] {
  const { width, height } = shape.bounds;
  const isCall = shape.type === 'callActivity';
  const variant = isCall ? 'embedded' : shape.variant;
  const marks = markersOf(shape);
  const style = ['bpmn-body', isCall && 'bpmn-thick', variant === 'event' && 'bpmn-dotted'];
  const inner =
    variant === 'transaction'
      ? [
          at(
            3,
            3,
            1,
            svg('rect', { class: 'bpmn-outline', width: width - 6, height: height - 6, rx: RADIUS - 2 }),
          ),
        ]
      : [];
  const label = shape.isExpanded
    ? lines(wrapText(name, width - 24, 1, text.measure), width / 2, 8 + LINE_HEIGHT / 2, 'middle')
    : activityLabel(shape.bounds, name, isCall && shape.task !== 'none', marks.length > 0, text);
  return [
    activityBox(style.filter(Boolean).join(' '), width, height),
    ...inner,
    ...(isCall ? icon(taskGlyph(shape.task), height) : []),
    ...label,
    ...markers(shape.bounds, marks),
  ];
}

type Activity = Extract<DiagramShape, { type: 'task' | 'subProcess' | 'callActivity' }>;

/** Left to right as the standard's figures show them. */
function markersOf(shape: Activity): readonly ActivityMarker[] {
  const isCalledTask = shape.type === 'callActivity' && shape.task !== 'none';
  const isCollapsed = shape.type !== 'task' && !shape.isExpanded && !isCalledTask;
  return [
    ...(shape.loop === 'none' ? [] : [shape.loop]),
    ...(shape.isForCompensation ? (['compensation'] as const) : []),
    ...(isCollapsed ? (['collapsed'] as const) : []),
    ...(shape.type === 'subProcess' && shape.variant === 'adHoc' ? (['adHoc'] as const) : []),
  ];
}

function markers({ width, height }: Bounds, marks: readonly ActivityMarker[]): readonly SvgNode[] {
  const gap = 6;
  const left = width / 2 - (marks.length * (MARKER + gap) - gap) / 2;
  return marks.map((mark, index) =>
    at(left + index * (MARKER + gap), height - MARKER - 4, MARKER / 24, ...markerGlyph(mark)),
  );
}

function dataObject(shape: Extract<DiagramShape, { type: 'data' }>): readonly SvgNode[] {
  const { width, height } = shape.bounds;
  const fold = Math.min(12, width / 3);
  const arrow = 'M3 9h10V4.5L21.5 12 13 19.5V15H3z';
  return [
    svg('path', {
      class: 'bpmn-body',
      d: `M0 0H${width - fold}L${width} ${fold}V${height}H0zM${width - fold} 0V${fold}H${width}`,
    }),
    ...(shape.data === 'object'
      ? []
      : [
          at(
            4,
            4,
            14 / 24,
            svg('path', { class: shape.data === 'input' ? 'bpmn-glyph-line' : 'bpmn-glyph-solid', d: arrow }),
          ),
        ]),
    ...(shape.isCollection ? [at(width / 2 - 6, height - 14, 0.5, ...markerGlyph('parallel'))] : []),
  ];
}

function dataStore(width: number, height: number): readonly SvgNode[] {
  const lid = height / 7;
  const rim = (y: number) => `M0 ${round(y)}c0 ${round(lid * 1.3)} ${width} ${round(lid * 1.3)} ${width} 0`;
  return [
    svg('path', {
      class: 'bpmn-body',
      d: `M0 ${round(lid)}c0 ${round(-lid * 1.3)} ${width} ${round(-lid * 1.3)} ${width} 0V${round(height - lid)}c0 ${round(lid * 1.3)} ${-width} ${round(lid * 1.3)} ${-width} 0z`,
    }),
    svg('path', { class: 'bpmn-outline', d: `${rim(lid)}${rim(lid * 1.7)}${rim(lid * 2.4)}` }),
  ];
}

function activityLabel(
  { width, height }: Bounds,
  name: string,
  hasIcon: boolean,
  hasMarkers: boolean,
  { measure }: DrawingText,
): readonly SvgNode[] {
  const bottom = hasMarkers ? MARKER + 4 : 4;
  const iconHeight = height >= FULL_HEIGHT ? ICON + 4 : 15;
  const top = hasIcon ? iconHeight : 4;
  const room = Math.max(1, Math.floor((height - top - bottom) / LINE_HEIGHT));
  const wrapped = wrapText(name, width - 12, room, measure);
  const isTall = wrapped.length * LINE_HEIGHT > height - 2 * top;
  const middle = isTall
    ? top + (height - top - bottom) / 2
    : Math.min(height / 2, height - bottom - (wrapped.length * LINE_HEIGHT) / 2);
  return lines(wrapped, width / 2, middle, 'middle');
}

/** The name of a pool or lane, along its band; of a pool without content, in its middle. */
function bandLabel(
  { width, height }: Bounds,
  name: string,
  isHorizontal: boolean,
  hasBand: boolean,
  { measure }: DrawingText,
): readonly SvgNode[] {
  const isPool = hasBand;
  if (isHorizontal) {
    const wrapped = wrapText(name, height - 8, 2, measure);
    return [
      ...(isPool ? [svg('path', { class: 'bpmn-outline', d: `M${BAND} 0V${height}` })] : []),
      svg(
        'g',
        { transform: `translate(${BAND / 2} ${round(height / 2)}) rotate(-90)` },
        ...lines(wrapped, 0, 0, 'middle'),
      ),
    ];
  }
  return [
    ...(isPool ? [svg('path', { class: 'bpmn-outline', d: `M0 ${BAND}H${width}` })] : []),
    ...lines(wrapText(name, width - 8, 2, measure), width / 2, BAND / 2, 'middle'),
  ];
}

/** The name of an event, gateway or data element: where the file puts it, else below the symbol. */
function externalLabel(shape: DiagramShape, name: string, { measure }: DrawingText): readonly SvgNode[] {
  if (name === '') return [];
  const { bounds, labelBounds } = shape;
  const wrapped = wrapText(name, Math.max(LABEL_WIDTH, labelBounds?.width ?? 0), 6, measure);
  const height = wrapped.length * LINE_HEIGHT;
  const x = labelBounds ? labelBounds.x - bounds.x + labelBounds.width / 2 : bounds.width / 2;
  const top = labelBounds ? labelBounds.y - bounds.y : bounds.height + 4;
  return lines(wrapped, x, top + height / 2, 'middle', 'bpmn-label');
}

/** Lines of text around a middle; a halo (`label`) keeps names readable where a flow runs behind them. */
export function lines(
  wrapped: readonly string[],
  x: number,
  middle: number,
  anchor: 'start' | 'middle',
  style = '',
): readonly SvgNode[] {
  const first = middle - ((wrapped.length - 1) * LINE_HEIGHT) / 2 + FONT_SIZE * 0.35;
  return wrapped.map((content, index) =>
    svg(
      'text',
      { class: `bpmn-text-${anchor} ${style}`.trim(), x: round(x), y: round(first + index * LINE_HEIGHT) },
      content,
    ),
  );
}
