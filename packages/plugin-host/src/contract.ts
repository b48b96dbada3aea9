import { must } from '@orderloom/kernel';
import { carrierContract, type ContributionManifest, type JsonSchema } from '@orderloom/plugin-sdk';
import { z } from 'zod';

export interface OperationContract {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/**
 * What the host checks before it sends and after it hears. A carrier is held to the product's own contract,
 * whatever its manifest says; only its `options` and a task's input and output are the plugin's to define.
 */
export function contractOf(contribution: ContributionManifest): ReadonlyMap<string, OperationContract> {
  if (contribution.kind === 'service-task') {
    return new Map([['run', { input: schemaOf(contribution.input), output: schemaOf(contribution.output) }]]);
  }
  const options = schemaOf(contribution.options).prefault({});
  const { rates, ship, ...plain } = carrierContract;
  const all: Record<string, OperationContract> = {
    ...plain,
    rates: { ...rates, input: rates.input.extend({ options }) },
    ship: { ...ship, input: ship.input.extend({ options }) },
  };
  return new Map(contribution.operations.map((name) => [name, must(all[name], `the contract of ${name}`)]));
}

export function schemaOf(schema: JsonSchema): z.ZodType {
  return z.fromJSONSchema(schema);
}
