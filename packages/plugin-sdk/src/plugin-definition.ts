import { z } from 'zod';

/** What a plugin may ask of the core. Whatever is not listed, and granted at install, is denied. */
export const Capability = z.enum([
  'orders:read',
  'orders:annotate',
  'orders:create',
  'parties:read',
  'documents:write',
  'shipments:write',
  'events:subscribe',
]);
export type Capability = z.output<typeof Capability>;

const Origin = z
  .string()
  .regex(/^https?:\/\/[^/?#@\s]+$/, 'scheme, host and port only, such as "https://api.example.com"');

/**
 * An outside system the plugin talks to. The plugin names it; the host holds its credential, adds it to
 * each request and refuses every other origin. The secret is `token` for `bearer`, the header's value for
 * `apiKey` and `user:password` for `basic`; the plugin never sees it.
 */
export const ConnectionDefinition = z.object({
  auth: z.enum(['none', 'bearer', 'apiKey', 'basic']),
  /** The header that carries an `apiKey`. */
  header: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('x-api-key'),
  /** The host picks by its mode, so a demonstration order can never buy a real label. */
  origins: z.object({ production: Origin, sandbox: Origin.optional() }),
  /** The system lives inside the company's network. Without this, private and loopback addresses are refused. */
  privateNetwork: z.boolean().default(false),
});
export type ConnectionDefinition = z.input<typeof ConnectionDefinition>;

/** Documents the plugin keeps with the host, one schema each. */
export interface CollectionDefinition<S extends z.ZodObject = z.ZodObject> {
  readonly version: number;
  readonly schema: S;
  /** The field that identifies a document. */
  readonly key: string;
  readonly indexes?: readonly string[];
}

/** Texts by locale and key; `{name}` is replaced from the values given to `ctx.t`. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface PluginDefinition {
  /** Publisher and name: `acme.postkit`. */
  readonly id: string;
  /** Semantic version of the plugin. */
  readonly version: string;
  /** The SDK contract it was written for: `^1.0`. */
  readonly contract: string;
  readonly title: string;
  /** What the operator sets once for the plugin; its form comes from the schema. */
  readonly config?: z.ZodObject;
  readonly connections?: Readonly<Record<string, ConnectionDefinition>>;
  readonly collections?: Readonly<Record<string, CollectionDefinition>>;
  readonly capabilities?: readonly Capability[];
  readonly texts?: Texts;
}
