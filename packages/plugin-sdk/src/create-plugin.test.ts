import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { createPlugin, manifestOf, PluginError, type CarrierInput, type CarrierOutput } from './index.ts';

const plugin = createPlugin({
  id: 'acme.postkit',
  version: '1.3.0',
  contract: '^1.0',
  title: 'Postkit',
  config: z.object({
    defaultService: z.enum(['std', 'exp']).default('std').meta({ title: 'Default service' }),
  }),
  connections: { api: { auth: 'bearer', origins: { production: 'https://api.postkit.example' } } },
  collections: {
    manifests: { version: 1, key: 'date', schema: z.object({ date: z.string(), count: z.int() }) },
  },
});

const Rate = z.object({ svc: z.string(), total: z.string(), cur: z.string() });

const postkit = plugin.carrier({
  id: 'postkit',
  title: 'Postkit',
  services: [{ code: 'std', title: 'Standard' }],
  options: z.object({ signature: z.boolean().default(false).meta({ title: 'Signature required' }) }),
  async rates({ parcels, options }, ctx) {
    const response = await ctx.connections.api.fetch('/rates', {
      method: 'POST',
      json: { parcels, options },
    });
    return response
      .json(z.array(Rate))
      .map(({ svc, total, cur }) => ({ service: svc, price: { amount: total, currency: cur } }));
  },
  async ship({ service, parcels, options }, ctx) {
    if (service !== ctx.config.defaultService) throw PluginError.rejected('SERVICE_UNKNOWN', service);
    return {
      carrierRef: ctx.idempotencyKey,
      trackingNumber: `${parcels.length}${options.signature ? 'S' : ''}`,
      labels: [],
    };
  },
  async track() {
    return { status: 'pending', events: [] };
  },
});

const reserve = plugin.serviceTask({
  id: 'reserve-slot',
  version: 2,
  title: 'Reserve pickup slot',
  input: z.object({
    warehouse: z.string().meta({ title: 'Warehouse', group: 'Where' }),
    window: z.enum(['morning', 'afternoon']).default('morning').meta({ title: 'Window' }),
  }),
  output: z.object({ slotId: z.string() }),
  errors: { NO_SLOT: 'No slot is free in the window' },
  run: async ({ warehouse, window }) => ({ slotId: `${warehouse}/${window}` }),
});

describe('the manifest', () => {
  const manifest = manifestOf(plugin.contributes(postkit, reserve), 'plugin.mjs');

  test('carries the schemas as JSON Schema, with the titles and groups a form needs', () => {
    expect(manifest.contributions[1]).toMatchObject({
      kind: 'service-task',
      id: 'reserve-slot',
      version: 2,
      operations: ['run'],
      errors: { NO_SLOT: 'No slot is free in the window' },
      input: {
        type: 'object',
        required: ['warehouse'],
        properties: {
          warehouse: { type: 'string', title: 'Warehouse', group: 'Where' },
          window: { enum: ['morning', 'afternoon'], default: 'morning' },
        },
      },
    });
    expect(manifest.config).toMatchObject({ properties: { defaultService: { default: 'std' } } });
  });

  test('names the operations a carrier has, so that nobody has to start it to ask', () => {
    expect(manifest.contributions[0]).toMatchObject({
      kind: 'carrier',
      services: [{ code: 'std', title: 'Standard' }],
      options: { properties: { signature: { type: 'boolean', default: false } } },
      operations: ['rates', 'ship', 'track'],
    });
  });

  test('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  test.each([
    ['an id without a publisher', { id: 'postkit' }],
    ['a version that is none', { version: '1' }],
    [
      'an origin with a path',
      { connections: { api: { auth: 'none', origins: { production: 'https://a.example/v1' } } } },
    ],
    [
      'an origin with a user',
      { connections: { api: { auth: 'none', origins: { production: 'https://a@b.example' } } } },
    ],
  ] as const)('is refused for %s', (_, wrong) => {
    expect(() => manifestOf({ ...plugin.contributes(reserve), ...wrong }, 'plugin.mjs')).toThrow(z.ZodError);
  });
});

test('two contributions of one id are refused by name', () => {
  expect(() => plugin.contributes(reserve, reserve)).toThrow('"reserve-slot" twice');
});

test("a carrier's options are filled in from its schema before it is called", () => {
  const address = { name: 'A', lines: ['1'], city: 'B', postalCode: '1', country: 'DE' };
  const input = { orderId: 'o', orderNumber: 'O-1', service: 'std', from: address, to: address, parcels: [] };
  expect(postkit.operations['ship']?.input.parse(input)).toMatchObject({ options: { signature: false } });
});

test('the three ways to fail', () => {
  expect(PluginError.retryable('BUSY', 'Later', { retryAfterMs: 500 })).toMatchObject({
    kind: 'retryable',
    code: 'BUSY',
    retryAfterMs: 500,
  });
  expect(PluginError.rejected('NO', 'No').kind).toBe('rejected');
  expect(PluginError.bug('ODD', 'Odd').kind).toBe('bug');
});

test('callers get types from the same schemas', () => {
  expectTypeOf<CarrierOutput<'ship'>['labels'][number]['mediaType']>().toEqualTypeOf<
    'application/pdf' | 'image/png' | 'application/zpl'
  >();
  expectTypeOf<CarrierInput<'ship'>['parcels'][number]['sscc']>().toEqualTypeOf<string>();
});

/** Wrong use does not compile: `tsc` fails when an expected error is missing. Never called. */
export function wrongUse(): void {
  const task = { id: 'x', version: 1, title: 'X', input: z.object({}), output: z.object({ n: z.number() }) };
  plugin.serviceTask({
    ...task,
    async run(_input, ctx) {
      // @ts-expect-error a connection that was not declared
      await ctx.connections.nope.fetch('/');
      // @ts-expect-error a document that does not match its collection
      await ctx.collections.manifests.put({ date: 1 }, 'create');
      // @ts-expect-error a setting that is not in the config
      void ctx.config.nope;
      return { n: 1 };
    },
  });

  const wrongOutput = async () => ({ n: 'one' });
  // @ts-expect-error an output that does not match its schema
  plugin.serviceTask({ ...task, run: wrongOutput });

  const { track: _, ...trackless } = postkit;
  // @ts-expect-error a carrier that cannot track
  plugin.carrier(trackless);

  plugin.carrier({
    ...postkit,
    // @ts-expect-error an amount of money as a float
    rates: async () => [{ service: 'std', price: { amount: 12.4, currency: 'EUR' } }],
  });
  plugin.carrier({
    ...postkit,
    // @ts-expect-error a status outside the vocabulary
    track: async () => ({ status: 'teleported', events: [] }),
  });
  plugin.carrier({
    ...postkit,
    async ship({ options }) {
      // @ts-expect-error an option that was not declared
      return { carrierRef: String(options.nope), trackingNumber: '', labels: [] };
    },
  });

  // @ts-expect-error only the three ways to fail make an error
  void new PluginError('retryable', 'X', 'x');

  const connections = { api: { auth: 'magic', origins: { production: 'https://a.example' } } } as const;
  // @ts-expect-error an authentication the host does not know
  createPlugin({ id: 'a.b', version: '1.0.0', contract: '^1.0', title: 'B', connections });
}
