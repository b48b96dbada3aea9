/**
 * A drawing as data: the canvas turns it into React elements, files and documents get it as text. Only
 * attributes that are spelled the same in SVG and in React are used; looks are in `notation.css` by class.
 */
export interface SvgNode {
  readonly tag: 'g' | 'path' | 'rect' | 'circle' | 'polygon' | 'text' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgNode | string)[];
}

export function svg(
  tag: SvgNode['tag'],
  attributes: SvgNode['attributes'],
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  return { tag, attributes, children };
}

/** Several things drawn as one, moved to (x, y) and scaled. */
export function at(x: number, y: number, scale: number, ...children: readonly SvgNode[]): SvgNode {
  const resize = scale === 1 ? '' : ` scale(${round(scale)})`;
  return svg('g', { transform: `translate(${round(x)} ${round(y)})${resize}` }, ...children);
}

/** Two decimals are finer than any screen and keep the text short. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export function svgText(node: SvgNode | string): string {
  if (typeof node === 'string') return escaped(node);
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => ` ${name}="${escaped(String(value))}"`,
  );
  const children = node.children.map(svgText).join('');
  return `<${node.tag}${attributes.join('')}>${children}</${node.tag}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
