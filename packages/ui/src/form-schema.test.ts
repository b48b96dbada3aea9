import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  choicesOf,
  fieldAt,
  fieldTitle,
  hasFixedRows,
  initialValue,
  pathText,
  problemsOf,
  widgetOf,
  withField,
  type FieldSchema,
  type FormSchema,
} from './form-schema.ts';

const order: FormSchema = {
  type: 'object',
  required: ['customer', 'priority', 'approved', 'lines'],
  properties: {
    customer: { type: 'string', minLength: 2, maxLength: 5 },
    email: { type: 'string', format: 'email' },
    shipDate: { type: 'string', format: 'date' },
    priority: { enum: ['low', 'high'] },
    parcels: { type: 'integer', minimum: 1, maximum: 9 },
    approved: { type: 'boolean' },
    gift: { type: 'boolean' },
    lines: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['sku'],
        properties: { sku: { type: 'string' }, 'net/gross ~': { type: 'number', multipleOf: 0.5 } },
      },
    },
    address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
  },
};

const good = { customer: 'Acme', priority: 'low', approved: true, lines: [{ sku: 'A' }] };

describe('how a field is shown', () => {
  test.each<[FieldSchema, boolean, string]>([
    [{ type: 'string' }, false, 'text'],
    [{ type: 'string', 'x-widget': 'textarea' }, false, 'textarea'],
    [{ type: 'string', format: 'date' }, true, 'date'],
    [{ type: 'string', enum: ['a'] }, false, 'choice'],
    [{ type: 'integer' }, true, 'number'],
    [{ type: 'array', items: {} }, true, 'table'],
    [{ type: 'object' }, true, 'group'],
    [{ type: 'boolean' }, false, 'checkbox'],
    [{ type: 'boolean', default: true }, true, 'checkbox'],
    [{ type: 'boolean' }, true, 'yesNo'],
  ])('%j, required %j: %s', (schema, isRequired, widget) => {
    expect(widgetOf(schema, isRequired)).toBe(widget);
  });

  test.each<[FieldSchema, 'en' | 'zh', string]>([
    [{ title: 'Ship date', 'x-title-zh': '发货日期' }, 'en', 'Ship date'],
    [{ title: 'Ship date', 'x-title-zh': '发货日期' }, 'zh', '发货日期'],
    [{ title: 'Ship date' }, 'zh', 'Ship date'],
    [{}, 'en', 'Ship before'],
  ])('title of %j in %s is %s', (schema, locale, title) => {
    expect(fieldTitle(schema, 'shipBefore', locale)).toBe(title);
  });

  test('choices have names in both languages, else their value as words', () => {
    const schema = {
      enum: ['retry', 'ask_customer'],
      'x-enum-labels': { retry: 'Try again' },
      'x-enum-labels-zh': { retry: '重试' },
    };
    expect(choicesOf(schema, 'en').map(({ label }) => label)).toEqual(['Try again', 'Ask customer']);
    expect(choicesOf(schema, 'zh').map(({ label }) => label)).toEqual(['重试', 'Ask customer']);
  });

  test('rows with facts of their own are fixed', () => {
    const rows = (sku: FieldSchema): FieldSchema => ({
      type: 'array',
      items: { properties: { sku, picked: {} } },
    });
    expect(hasFixedRows(rows({ readOnly: true }))).toBe(true);
    expect(hasFixedRows(rows({}))).toBe(false);
  });
});

describe('the value of a form', () => {
  test('starts with what is given, then defaults and the rows there have to be; an unanswered yes/no stays unanswered', () => {
    const schema: FormSchema = {
      ...order,
      properties: { ...order.properties, parcels: { type: 'integer', default: 1 } },
    };
    expect(initialValue(schema, { customer: 'Acme', orderId: 7 })).toEqual({
      orderId: 7,
      customer: 'Acme',
      parcels: 1,
      gift: false,
      lines: [{}],
      address: {},
    });
  });

  test('an emptied field is gone, not empty', () => {
    expect(withField(good, ['customer'], '')).toEqual({
      priority: 'low',
      approved: true,
      lines: [{ sku: 'A' }],
    });
    expect(withField(good, ['lines', 0, 'sku'], '')).toEqual({ ...good, lines: [{}] });
    expect(withField({}, ['address', 'city'], 'Wuhan')).toEqual({ address: { city: 'Wuhan' } });
  });

  test('what is set can be read back, and nothing else changes', () => {
    const names = fc.constantFrom('customer', 'email', 'priority');
    fc.assert(
      fc.property(names, fc.string({ minLength: 1 }), (name, text) => {
        const changed = withField(good, [name], text);
        expect(fieldAt(changed, [name])).toBe(text);
        expect({ ...changed, [name]: 0 }).toEqual({ ...good, [name]: 0 });
      }),
    );
  });

  test('paths are written as the server writes them', () => {
    expect(pathText(['lines', 2, 'sku'])).toBe('lines[2].sku');
  });
});

describe('what is wrong with a value', () => {
  test('nothing is wrong with a good one', () => {
    expect(problemsOf(order, good)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, string, string, number?]>([
    ['missing', { customer: undefined }, 'customer', 'formErrorRequired'],
    ['too short', { customer: 'A' }, 'customer', 'formErrorMinLength', 2],
    ['too long', { customer: 'Acme Inc' }, 'customer', 'formErrorMaxLength', 5],
    ['no address', { email: 'acme' }, 'email', 'formErrorEmail'],
    ['no date', { shipDate: '2026-02-30' }, 'shipDate', 'formErrorDate'],
    ['not listed', { priority: 'urgent' }, 'priority', 'formErrorEnum'],
    ['not whole', { parcels: 1.5 }, 'parcels', 'formErrorInteger'],
    ['too small', { parcels: 0 }, 'parcels', 'formErrorMinimum', 1],
    ['too large', { parcels: 10 }, 'parcels', 'formErrorMaximum', 9],
    ['no rows', { lines: [] }, 'lines', 'formErrorMinItems', 1],
    ['a cell is missing', { lines: [{ sku: 'A' }, {}] }, 'lines[1].sku', 'formErrorRequired'],
    [
      'a cell has an odd name',
      { lines: [{ sku: 'A', 'net/gross ~': 0.7 }] },
      'lines[0].net/gross ~',
      'formErrorMultipleOf',
      0.5,
    ],
    ['inside a group', { address: {} }, 'address.city', 'formErrorRequired'],
  ])('%s', (_, change, path, message, limit) => {
    const changed = Object.fromEntries(
      Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(problemsOf(order, changed)).toEqual([{ path, message, ...(limit !== undefined && { limit }) }]);
  });

  test('each field is named once', () => {
    const paths = problemsOf(order, {}).map(({ path }) => path);
    expect(paths).toEqual(['customer', 'priority', 'approved', 'lines']);
  });
});
