import { authorize } from '@orderloom/access';
import { fail, isOrderloomError, OrderloomError } from '@orderloom/kernel';
import type { DeployedDefinition, Step } from '@orderloom/runtime';
import { recordDeeds } from './audit.ts';
import { actorOf, perform, type Call } from './call.ts';
import type { OperationErrorCode } from './errors.ts';

export interface Model {
  /** Ends in `.bpmn` or `.dmn`. */
  readonly fileName: string;
  readonly text: string;
}

/**
 * Publishes a process or a decision table: new orders run the new version, running ones keep theirs. A
 * model that cannot run is refused with its findings and changes nothing.
 */
export async function publishModel(call: Call, model: Model): Promise<readonly DeployedDefinition[]> {
  const { principal } = call;
  authorize(principal, 'publish', 'Process');
  return perform(call, 'publishModel', model, async (step) => {
    const deployed = await deployModel(step, call, model);
    const published = deployed
      .filter(({ created }) => created)
      .map(({ key, version }) => `${key} ${version}`);
    if (published.length > 0) {
      await recordDeeds(step.tx, [
        {
          tenantId: principal.tenantId,
          orderId: null,
          action: 'model.published',
          actor: actorOf(principal),
          data: { published },
          at: step.now,
        },
      ]);
    }
    return deployed;
  });
}

/** Within a transaction; what is wrong with the model is said with its file name. */
export async function deployModel(
  { tx, now }: Step,
  { platform, principal }: Call,
  { fileName, text }: Model,
): Promise<readonly DeployedDefinition[]> {
  const input = { tenantId: principal.tenantId, xml: text, actor: actorOf(principal), now };
  try {
    if (fileName.endsWith('.bpmn')) return await platform.runtime.deployProcesses(tx, input);
    if (fileName.endsWith('.dmn')) return await platform.runtime.deployDecisions(tx, input);
  } catch (error) {
    if (!isOrderloomError(error)) throw error;
    const { code, message, field, fix, details } = error;
    throw new OrderloomError(code, `${fileName}: ${message}`, {
      ...(field === undefined ? {} : { field }),
      ...(fix === undefined ? {} : { fix }),
      details,
      cause: error,
    });
  }
  fail('MODEL_KIND' satisfies OperationErrorCode, `${fileName} is neither a process nor a decision.`, {
    field: 'fileName',
    fix: 'Publish a file that ends in .bpmn or .dmn.',
  });
}
