import { z } from 'zod';
import type { Carrier } from './carrier.ts';
import type { Contribution } from './contribution.ts';
import type { Plugin } from './create-plugin.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { Capability, ConnectionDefinition } from './plugin-definition.ts';
import type { ServiceTask } from './service-task.ts';

const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by "-"');
const SemVer = z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'a semantic version such as "1.3.0"');
const AnyJsonSchema: z.ZodType<JsonSchema> = z.record(z.string(), z.unknown());

const CarrierManifest = z.object({
  kind: z.literal('carrier'),
  id: Name,
  title: z.string().min(1),
  services: z.array(z.object({ code: Name, title: z.string().min(1) })).min(1),
  options: AnyJsonSchema,
  operations: z.array(z.enum(['rates', 'ship', 'track', 'cancel', 'webhook'])),
});

const ServiceTaskManifest = z.object({
  kind: z.literal('service-task'),
  id: Name,
  title: z.string().min(1),
  version: z.int().positive(),
  input: AnyJsonSchema,
  output: AnyJsonSchema,
  errors: z.record(z.string(), z.string()),
  timeoutMs: z.int().positive().optional(),
  operations: z.array(z.literal('run')),
});

const ContributionManifest = z.discriminatedUnion('kind', [CarrierManifest, ServiceTaskManifest]);
export type ContributionManifest = z.output<typeof ContributionManifest>;

/** `orderloom.plugin.json`: all the host knows of a plugin without running it. Written by the build. */
export const PluginManifest = z.object({
  manifest: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'publisher and name, such as "acme.postkit"'),
  version: SemVer,
  contract: z.string().regex(/^\^\d+\.\d+$/, 'a caret range such as "^1.0"'),
  title: z.string().min(1),
  /** The bundled module, beside the manifest. */
  main: z.string().regex(/^[\w.-]+\.mjs$/, 'a file name ending in ".mjs"'),
  capabilities: z.array(Capability),
  connections: z.record(z.string(), ConnectionDefinition),
  collections: z.record(
    z.string(),
    z.object({ version: z.int(), key: z.string(), schema: AnyJsonSchema, indexes: z.array(z.string()) }),
  ),
  config: AnyJsonSchema,
  contributions: z.array(ContributionManifest).min(1),
});
export type PluginManifest = z.output<typeof PluginManifest>;

/** The manifest of a plugin whose bundle is `main`. Throws with the path of whatever is not well formed. */
export function manifestOf(plugin: Plugin, main: string): PluginManifest {
  const {
    id,
    version,
    contract,
    title,
    config,
    connections = {},
    collections = {},
    capabilities = [],
  } = plugin;
  return PluginManifest.parse({
    manifest: 1,
    id,
    version,
    contract,
    title,
    main,
    capabilities,
    connections,
    collections: Object.fromEntries(
      Object.entries(collections).map(([name, { schema, version, key, indexes = [] }]) => [
        name,
        { version, key, schema: jsonSchemaOf(schema, 'output'), indexes },
      ]),
    ),
    config: jsonSchemaOf(config ?? z.object({}), 'input'),
    contributions: plugin.contributions.map(describe),
  });
}

function describe(contribution: Contribution): unknown {
  const { kind, id, title } = contribution;
  const operations = Object.keys(contribution.operations);
  if (isCarrier(contribution)) {
    const { services, options } = contribution;
    return { kind, id, title, services, options: jsonSchemaOf(options, 'input'), operations };
  }
  if (isServiceTask(contribution)) {
    const { version, errors = {}, timeoutMs } = contribution;
    const input = jsonSchemaOf(contribution.input, 'input');
    const output = jsonSchemaOf(contribution.output, 'output');
    return { kind, id, title, version, input, output, errors, timeoutMs, operations };
  }
  throw new Error(`${id}: this SDK knows no contribution of kind "${kind}".`);
}

const isCarrier = (contribution: Contribution): contribution is Carrier => contribution.kind === 'carrier';
const isServiceTask = (contribution: Contribution): contribution is ServiceTask =>
  contribution.kind === 'service-task';
