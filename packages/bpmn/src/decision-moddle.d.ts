// dmn-moddle ships no types.
declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    /** Rejects on text that is not well-formed or has no dmn:definitions at its root. */
    fromXML(
      xml: string,
      type: 'dmn:Definitions',
    ): Promise<{
      readonly rootElement: unknown;
      readonly warnings: readonly { readonly message: string }[];
    }>;
  }
}
