import { fail } from '@orderloom/kernel';
import type { Behaviour } from '../behaviour.ts';
import { completeElement } from '../complete-element.ts';
import { evaluate, visibleVariables } from '../variables.ts';

// Work that needs nothing from outside is done within the step, exactly once.

export const scriptTask: Behaviour<'scriptTask'> = {
  run(execution, { script, result }, { id }) {
    const value = evaluate(execution, script, visibleVariables(execution, id));
    completeElement(execution, id, { [result]: value });
  },
};

export const businessRuleTask: Behaviour<'businessRuleTask'> = {
  run(execution, node, { id }) {
    const decision = execution.environment.decision(node.decision);
    if (decision === undefined) {
      fail(
        'DECISION_NOT_FOUND',
        `The decision ${node.decision} that ${node.name ?? node.id} asks is not deployed.`,
        {
          field: node.decision,
          fix: 'Deploy it, then retry.',
        },
      );
    }
    const { value, explanation } = decision.evaluate(visibleVariables(execution, id), execution.environment);
    execution.events.push({
      type: 'decision.evaluated',
      element: node.id,
      decision: node.decision,
      explanation,
    });
    completeElement(execution, id, { [node.result]: value });
  },
};
