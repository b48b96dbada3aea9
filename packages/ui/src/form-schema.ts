import { Validator, type OutputUnit } from '@cfworker/json-schema';
import type { Locale } from './i18n.ts';
import type { UiMessageId } from './messages/index.ts';

/**
 * The part of JSON Schema 2020-12 that a form can show, with our hints: `x-title-zh` and
 * `x-description-zh` beside `title` and `description`, `x-enum-labels` and `x-enum-labels-zh` beside `enum`, and
 * `x-widget: 'textarea'` for long text.
 */
export interface FieldSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly title?: string;
  readonly 'x-title-zh'?: string;
  readonly description?: string;
  readonly 'x-description-zh'?: string;
  readonly 'x-widget'?: 'textarea';
  readonly default?: unknown;
  readonly readOnly?: boolean;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly 'x-enum-labels'?: Readonly<Record<string, string>>;
  readonly 'x-enum-labels-zh'?: Readonly<Record<string, string>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
}

/** The schema of a whole form: an object whose properties are its fields, in that order. */
export interface FormSchema extends FieldSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
}

export type FormValue = Readonly<Record<string, unknown>>;

/** Where a field is in the form's value: `['lines', 2, 'sku']`, written `lines[2].sku`. */
export type FieldPath = readonly (string | number)[];

/** How a field is shown. */
export type Widget =
  | 'text'
  | 'textarea'
  | 'date'
  | 'number'
  | 'checkbox'
  | 'yesNo'
  | 'choice'
  | 'table'
  | 'group';

/** What is wrong with one field; `limit` is the schema's bound where the message needs it. */
export interface FieldProblem {
  readonly path: string;
  readonly message: UiMessageId;
  readonly limit?: number;
}

/**
 * A required yes/no without a default is asked, not assumed: an untouched checkbox would answer "no".
 */
export function widgetOf(schema: FieldSchema, isRequired: boolean): Widget {
  if (schema.enum) return 'choice';
  switch (schema.type) {
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return isRequired && schema.default === undefined ? 'yesNo' : 'checkbox';
    case 'array':
      return 'table';
    case 'object':
      return 'group';
    default:
      if (schema.format === 'date') return 'date';
      return schema['x-widget'] ?? 'text';
  }
}

export function fieldTitle(schema: FieldSchema, name: string, locale: Locale): string {
  return (locale === 'zh' ? schema['x-title-zh'] : undefined) ?? schema.title ?? humanised(name);
}

export function fieldDescription(schema: FieldSchema, locale: Locale): string | undefined {
  return (locale === 'zh' ? schema['x-description-zh'] : undefined) ?? schema.description;
}

/** The choices of a closed list with their names. */
export function choicesOf(schema: FieldSchema, locale: Locale): readonly { value: string; label: string }[] {
  const chinese = locale === 'zh' ? schema['x-enum-labels-zh'] : undefined;
  return (schema.enum ?? []).map((value) => ({
    value,
    label: chinese?.[value] ?? schema['x-enum-labels']?.[value] ?? humanised(value),
  }));
}

/** Rows that bring facts of their own (a line of the order) are there to be filled in, not added or removed. */
export function hasFixedRows(schema: FieldSchema): boolean {
  const columns = Object.values(schema.items?.properties ?? {});
  return schema.readOnly === true || columns.some((column) => column.readOnly);
}

/** `shipBefore`, `ship_before` and `SHIP-BEFORE` as words; names without case (Chinese) stay as they are. */
function humanised(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The given value with the schema's defaults where it says nothing; unknown properties are kept. */
export function initialValue(schema: FormSchema, given: FormValue = {}): FormValue {
  const defaults: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.properties)) {
    const isRequired = schema.required?.includes(name) ?? false;
    const value = given[name] ?? field.default ?? emptyValue(field, widgetOf(field, isRequired));
    if (value !== undefined) defaults[name] = value;
  }
  return { ...given, ...defaults };
}

/** A new row of a table of objects. */
export function newRow(items: FieldSchema): FormValue {
  return initialValue({ ...items, type: 'object', properties: items.properties ?? {} });
}

function emptyValue(schema: FieldSchema, widget: Widget): unknown {
  if (widget === 'checkbox') return false;
  if (widget === 'table') return emptyRows(schema);
  if (widget === 'group') return newRow(schema);
  return undefined;
}

/** As many rows to fill in as there have to be. */
function emptyRows(schema: FieldSchema): readonly FormValue[] {
  const count = hasFixedRows(schema) ? 0 : (schema.minItems ?? 0);
  return Array.from({ length: count }, () => newRow(schema.items ?? {}));
}

/** The value with `path` set; `undefined` and empty text remove the property, so that `required` means what it says. */
export function withField(value: FormValue, path: FieldPath, next: unknown): FormValue {
  return replaced(value, path, next === '' ? undefined : next) as FormValue;
}

function replaced(container: unknown, path: FieldPath, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (typeof key === 'number') {
    const items = Array.isArray(container) ? (container as readonly unknown[]) : [];
    return items.map((item, index) => (index === key ? replaced(item, rest, next) : item));
  }
  const record = (container ?? {}) as FormValue;
  const child = replaced(record[key], rest, next);
  if (child !== undefined) return { ...record, [key]: child };
  const { [key]: _removed, ...others } = record;
  return others;
}

export function fieldAt(value: FormValue, path: FieldPath): unknown {
  return path.reduce<unknown>((container, key) => (container as FormValue | undefined)?.[key], value);
}

export function pathText(path: FieldPath): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
}

/** Every problem of the value, at most one a field, in no particular order. */
export function problemsOf(schema: FormSchema, value: FormValue): readonly FieldProblem[] {
  const { errors } = new Validator({ ...(schema as object) }, '2020-12', false).validate(value);
  const byPath = new Map<string, FieldProblem>();
  for (const error of errors) {
    for (const problem of problemsFrom(error, schema, value)) {
      if (!byPath.has(problem.path)) byPath.set(problem.path, problem);
    }
  }
  return [...byPath.values()];
}

function problemsFrom(error: OutputUnit, schema: FormSchema, value: FormValue): readonly FieldProblem[] {
  const path = pathFromPointer(error.instanceLocation, value);
  const field = schemaAt(schema, path);
  if (!field) return [];
  if (error.keyword === 'required') {
    const container = (fieldAt(value, path) ?? {}) as FormValue;
    return (field.required ?? [])
      .filter((name) => container[name] === undefined)
      .map((name) => ({ path: pathText([...path, name]), message: 'formErrorRequired' }));
  }
  const message = messageFor(error.keyword, field);
  if (!message) return [];
  const limit = (field as Readonly<Record<string, unknown>>)[error.keyword];
  return [{ path: pathText(path), message, ...(typeof limit === 'number' && { limit }) }];
}

const MESSAGE_OF_KEYWORD: Readonly<Record<string, UiMessageId>> = {
  enum: 'formErrorEnum',
  minimum: 'formErrorMinimum',
  maximum: 'formErrorMaximum',
  exclusiveMinimum: 'formErrorExclusiveMinimum',
  exclusiveMaximum: 'formErrorExclusiveMaximum',
  multipleOf: 'formErrorMultipleOf',
  minLength: 'formErrorMinLength',
  maxLength: 'formErrorMaxLength',
  pattern: 'formErrorPattern',
  minItems: 'formErrorMinItems',
  maxItems: 'formErrorMaxItems',
};

/** Keywords that only report that something inside them failed; the inner error says it better. */
const CONTAINERS = new Set(['properties', 'items', 'allOf', 'anyOf', 'oneOf', '$ref', 'if', 'then', 'else']);

function messageFor(keyword: string, field: FieldSchema): UiMessageId | undefined {
  if (CONTAINERS.has(keyword)) return undefined;
  if (keyword === 'type') return field.type === 'integer' ? 'formErrorInteger' : 'formErrorType';
  if (keyword === 'format' && field.format === 'date') return 'formErrorDate';
  if (keyword === 'format' && field.format === 'email') return 'formErrorEmail';
  return MESSAGE_OF_KEYWORD[keyword] ?? 'formErrorOther';
}

/** A JSON pointer as a URI fragment (RFC 6901, 6) as a path; the value tells an index from a name. */
function pathFromPointer(pointer: string, value: FormValue): FieldPath {
  const path: (string | number)[] = [];
  let container: unknown = value;
  for (const encoded of pointer.split('/').slice(1)) {
    const token = decodeURI(encoded).replaceAll('~1', '/').replaceAll('~0', '~');
    const key = Array.isArray(container) ? Number(token) : token;
    path.push(key);
    container = (container as FormValue | undefined)?.[key];
  }
  return path;
}

function schemaAt(schema: FieldSchema, path: FieldPath): FieldSchema | undefined {
  return path.reduce<FieldSchema | undefined>(
    (field, key) => (typeof key === 'number' ? field?.items : field?.properties?.[key]),
    schema,
  );
}
