// bpmn-moddle ships its types for the meta-model only, not for the reader we use.
declare module 'bpmn-moddle' {
  export interface ReadWarning {
    readonly message: string;
    readonly element?: unknown;
    readonly property?: string;
    readonly value?: string;
  }

  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    /** Rejects on text that is not well-formed or has no bpmn:definitions at its root. */
    fromXML(xml: string): Promise<{
      readonly rootElement: unknown;
      readonly elementsById: Readonly<Record<string, unknown>>;
      readonly warnings: readonly ReadWarning[];
    }>;
  }
}
