/**
 * The part of a parsed BPMN element (a moddle object) that is read here. Which properties a type has is
 * in the BPMN 2.0.2 meta-model; references are resolved to the element itself, or undefined.
 */
export interface BpmnElement {
  readonly $type: string;
  readonly $parent?: BpmnElement;
  readonly $instanceOf?: (type: string) => boolean;
  readonly id?: string;
  readonly name?: string;
  readonly extensionElements?: { readonly values?: readonly BpmnElement[] };
  readonly [property: string]: unknown;
}

/** Whether the element is of that BPMN type or of one derived from it. */
export function isA(element: BpmnElement, type: string): boolean {
  return element.$instanceOf?.(type) ?? false;
}

/** What a property refers to or contains; undefined when absent or unresolved. */
export function childOf(element: BpmnElement, property: string): BpmnElement | undefined {
  const value = element[property];
  return typeof value === 'object' && value !== null ? (value as BpmnElement) : undefined;
}

export function childrenOf(element: BpmnElement, property: string): readonly BpmnElement[] {
  const value = element[property];
  return Array.isArray(value) ? (value as readonly BpmnElement[]) : [];
}

/** An attribute or body text without surrounding space; null when absent or empty. */
export function textOf(element: BpmnElement | undefined, property: string): string | null {
  const value = element?.[property];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The extension elements of that type, such as `orderloom:Task`. */
export function extensionsOf(element: BpmnElement, type: string): readonly BpmnElement[] {
  return element.extensionElements?.values?.filter((value) => value.$type === type) ?? [];
}

export function extensionOf(element: BpmnElement, type: string): BpmnElement | undefined {
  return extensionsOf(element, type)[0];
}

/** `userTask` for `bpmn:UserTask`. */
export function shortType(element: BpmnElement): string {
  const name = element.$type.replace(/^.*:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}
