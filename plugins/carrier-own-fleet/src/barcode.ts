import { gs1_128, type DrawingContext } from 'bwip-js/generic';

/** A linear symbol: `width` modules wide, its bars as offset and width in modules. */
export interface LinearSymbol {
  readonly width: number;
  readonly bars: readonly { readonly at: number; readonly width: number }[];
}

/** The GS1-128 symbol of an SSCC: FNC1, application identifier 00, 18 digits (GS1 General Specifications, 5.4). */
export function ssccSymbol(sscc: string): LinearSymbol {
  return gs1_128({ bcid: 'gs1-128', text: `(00)${sscc}`, height: 1 }, modules());
}

/** Collects the bars instead of painting them, so that the label can draw them as exact vectors. */
function modules(): DrawingContext<LinearSymbol> {
  // Bars arrive as lines with a centre and a width; at two units a module every centre is a whole number.
  const unit = 2;
  const bars: { at: number; width: number }[] = [];
  let total = 0;
  const nothing = (): void => {};
  return {
    scale: () => [unit, unit],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width) => {
      total = width / unit;
    },
    line: (centre, _y0, _x1, _y1, width) => {
      bars.push({ at: (centre - width / 2) / unit, width: width / unit });
    },
    polygon: nothing,
    hexagon: nothing,
    ellipse: nothing,
    fill: nothing,
    text: nothing,
    end: () => ({ width: total, bars }),
  };
}
