import { must } from '@orderloom/kernel';
import type { Behaviour } from '../behaviour.ts';

/** Its inside runs as a scope of its own; it completes when nothing is left in there. */
export const subProcess: Behaviour<'subProcess'> = {
  run(execution, node, { id }) {
    const body = must(execution.model.scopes[node.body], `the inside of ${node.id}`);
    const start = must(body.start, `a none start event in ${node.id}`);
    execution.tokens.push({ node: start, scope: id, flow: null, payload: null });
  },
};
