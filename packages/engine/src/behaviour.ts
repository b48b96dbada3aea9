import type { NodeOf, NodeType } from '@orderloom/bpmn';
import type { Execution, Token } from './execution.ts';
import type { ElementInstance } from './instance.ts';

/** What a type of flow node does. One entry per type, in `behaviours.ts`. */
export interface Behaviour<T extends NodeType> {
  /** Whether the token may enter now; a join keeps it until the others have come. Absent: always. */
  readonly admit?: (execution: Execution, node: NodeOf<T>, token: Token) => boolean;
  /**
   * What happens once a token is inside and the variables are mapped: the element completes, or opens
   * what it waits for. What it throws becomes an incident, and it is run again when that is retried.
   */
  readonly run: (execution: Execution, node: NodeOf<T>, element: ElementInstance) => void;
}

export type Behaviours = { readonly [T in NodeType]: Behaviour<T> };
