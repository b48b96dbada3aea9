import { z } from 'zod';

/** JSON Schema 2020-12: what crosses to the host, the editor's forms and the documentation. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of a zod schema: of what may be given (`input`, where defaults make fields optional)
 * or of what comes out (`output`). `meta({ title, group, showWhen, ... })` travels with each field.
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as JsonSchema;
}
