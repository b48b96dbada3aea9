import { readFile } from 'node:fs/promises';
import { buildSchema, getNamedType, isObjectType, isUnionType } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { schema } from './schema.ts';
import { printSchemaText } from './schema-text.ts';

it('is the schema that was reviewed', async () => {
  const reviewed = buildSchema(await readFile(new URL('../schema.graphql', import.meta.url), 'utf8'));
  // Changed on purpose? Copy generated/schema.graphql over schema.graphql and look at the difference.
  expect(printSchemaText(schema)).toBe(printSchemaText(reviewed));
});

describe('every mutation', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  test.each(mutations)('$name takes an idempotency key and may answer with a failure', ({ args, type }) => {
    const input = args.find(({ name }) => name === 'input');
    expect(String(input?.type)).toMatch(/!$/);
    const fields =
      input && (getNamedType(input.type) as { getFields(): Record<string, { type: unknown }> }).getFields();
    expect(String(fields?.['idempotencyKey']?.type)).toBe('String!');
    const result = getNamedType(type);
    expect(isUnionType(result) && result.getTypes().map(({ name }) => name)).toContain('Failure');
  });
});

it('shows no tenant id and no bytes of documents', () => {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  expect(fields.filter((field) => /tenantId|content$/i.test(field))).toEqual([]);
});
