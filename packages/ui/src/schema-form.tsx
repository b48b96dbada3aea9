import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { Button, IconButton } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import {
  choicesOf,
  fieldAt,
  fieldDescription,
  fieldTitle,
  hasFixedRows,
  initialValue,
  newRow,
  pathText,
  problemsOf,
  widgetOf,
  withField,
  type FieldPath,
  type FieldProblem,
  type FieldSchema,
  type FormSchema,
  type FormValue,
} from './form-schema.ts';
import { formatNumber } from './format.ts';
import type { Locale, Translate } from './i18n.ts';
import { announce } from './live-region.tsx';
import { uiMessages, type UiMessageId } from './messages/index.ts';
import { NumberField } from './number-field.tsx';
import { usePreferences, useTranslate } from './preferences.ts';
import { RadioGroup } from './radio-group.tsx';
import { Select } from './select.tsx';
import { TextArea, TextField } from './text-field.tsx';

export interface SchemaFormProps {
  readonly schema: FormSchema;
  /** What the fields start with; defaults of the schema fill the rest. */
  readonly value?: FormValue;
  /** Called with what is filled in so far, whether it satisfies the schema or not. */
  readonly onChange?: (value: FormValue) => void;
  /** Called with a value that satisfies the schema. */
  readonly onSubmit: (value: FormValue) => void | Promise<void>;
  /** What the server refused, by path (`lines[2].sku`); goes away when that field is changed. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly submitLabel?: string;
  readonly isDisabled?: boolean;
  /** More buttons, before the one that submits. */
  readonly actions?: ReactNode;
}

/** What is wrong, by field path. */
type ErrorTexts = Readonly<Record<string, string>>;

/** What every field of one form needs to know. */
interface FormContext {
  readonly value: FormValue;
  readonly errors: ErrorTexts;
  readonly locale: Locale;
  readonly t: Translate<UiMessageId>;
  readonly isDisabled: boolean;
  readonly change: (path: FieldPath, next: unknown) => void;
}

/**
 * A form made from a JSON Schema. It is checked when submitted, then on every change; the focus goes to
 * the first field that is wrong.
 */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, onSubmit, errors: serverErrors, submitLabel, isDisabled = false, actions } = props;
  const t = useTranslate(uiMessages);
  const { locale } = usePreferences();
  const form = useRef<HTMLFormElement>(null);
  const [value, setValue] = useState(() => initialValue(schema, props.value));
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  // Fields changed since the server refused them; a new answer is a new object and starts over.
  const [changed, setChanged] = useState<{ since?: ErrorTexts; paths: readonly string[] }>({ paths: [] });

  const ownErrors = useMemo(
    () => (isChecked ? errorTexts(problemsOf(schema, value), t) : {}),
    [isChecked, schema, value, t],
  );
  const changedPaths = changed.since === serverErrors ? changed.paths : [];
  const refused = Object.entries(serverErrors ?? {}).filter(([path]) => !changedPaths.includes(path));
  const errors = { ...Object.fromEntries(refused), ...ownErrors };

  useEffect(() => {
    if (serverErrors) pointOut(serverErrors, form.current, t);
  }, [serverErrors, t]);

  const context: FormContext = {
    value,
    errors,
    locale,
    t,
    isDisabled: isDisabled || isPending,
    change: (path, next) => {
      if (serverErrors) setChanged({ since: serverErrors, paths: [...changedPaths, pathText(path)] });
      setValue((current) => withField(current, path, next));
      props.onChange?.(withField(value, path, next));
    },
  };

  async function submit() {
    const problems = errorTexts(problemsOf(schema, value), t);
    // The texts must be at the fields before the focus arrives, or they are not read out.
    flushSync(() => setChecked(true));
    if (Object.keys(problems).length > 0) {
      pointOut(problems, form.current, t);
      return;
    }
    setPending(true);
    try {
      await onSubmit(value);
    } finally {
      setPending(false);
    }
  }

  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Fields schema={schema} path={[]} context={context} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {actions}
        <Button type="submit" variant="primary" isPending={isPending} isDisabled={isDisabled}>
          {submitLabel ?? t('formSubmit')}
        </Button>
      </div>
    </form>
  );
}

function Fields({ schema, path, context }: { schema: FieldSchema; path: FieldPath; context: FormContext }) {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => (
    <div key={name} data-field={pathText([...path, name])}>
      <Field
        schema={field}
        path={[...path, name]}
        label={fieldTitle(field, name, context.locale)}
        isRequired={schema.required?.includes(name) ?? false}
        context={context}
      />
    </div>
  ));
}

interface FieldProps {
  readonly schema: FieldSchema;
  readonly path: FieldPath;
  readonly label: string;
  readonly isLabelHidden?: boolean;
  /** One of many in a row. */
  readonly isNarrow?: boolean;
  readonly isRequired: boolean;
  readonly context: FormContext;
}

function Field({
  schema,
  path,
  label,
  isLabelHidden = false,
  isNarrow = false,
  isRequired,
  context,
}: FieldProps) {
  const { locale, t, change } = context;
  const value = fieldAt(context.value, path);
  const name = pathText(path);
  const common = {
    label,
    isLabelHidden,
    isRequired,
    name,
    description: isLabelHidden ? undefined : fieldDescription(schema, locale),
    errorMessage: context.errors[name],
    isDisabled: context.isDisabled,
  };
  const isReadOnly = schema.readOnly ?? false;

  switch (widgetOf(schema, isRequired)) {
    case 'number':
      return (
        <NumberField
          {...common}
          hasStepper={!isNarrow}
          isReadOnly={isReadOnly}
          value={typeof value === 'number' ? value : Number.NaN}
          onChange={(next) => change(path, Number.isNaN(next) ? undefined : next)}
          formatOptions={{ maximumFractionDigits: schema.type === 'integer' ? 0 : 6 }}
        />
      );
    case 'checkbox':
      return (
        <Checkbox
          name={name}
          isSelected={value === true}
          isDisabled={context.isDisabled}
          isReadOnly={isReadOnly}
          onChange={(next) => change(path, next)}
        >
          <span className={isLabelHidden ? 'sr-only' : ''}>{label}</span>
        </Checkbox>
      );
    case 'yesNo':
      return (
        <RadioGroup
          {...common}
          isReadOnly={isReadOnly}
          options={[
            { value: 'yes', label: t('formYes') },
            { value: 'no', label: t('formNo') },
          ]}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null}
          onChange={(next) => change(path, next === 'yes')}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          placeholder={t('formChoose')}
          options={choicesOf(schema, locale)}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => change(path, next)}
        />
      );
    case 'table':
      return (
        <TableField schema={schema} path={path} label={label} isRequired={isRequired} context={context} />
      );
    case 'group':
      return (
        <fieldset className="flex flex-col gap-4 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-semibold">{label}</legend>
          <Fields schema={schema} path={path} context={context} />
        </fieldset>
      );
    case 'textarea':
      return (
        <TextArea
          {...common}
          isReadOnly={isReadOnly}
          value={textOf(value)}
          onChange={(next) => change(path, next)}
        />
      );
    default:
      return (
        <TextField
          {...common}
          isReadOnly={isReadOnly}
          type={schema.format === 'date' || schema.format === 'email' ? schema.format : 'text'}
          value={textOf(value)}
          onChange={(next) => change(path, next)}
        />
      );
  }
}

/** An array of objects: a row an object, a column a property. */
function TableField({ schema, path, label, context }: FieldProps) {
  const { t, locale } = context;
  const labelId = useId();
  const items = schema.items ?? {};
  const columns = Object.entries(items.properties ?? {});
  const rows = (fieldAt(context.value, path) ?? []) as readonly FormValue[];
  const error = context.errors[pathText(path)];
  const isFixed = hasFixedRows(schema);
  const isCrowded = columns.filter(([, column]) => !column.readOnly).length > 2;

  return (
    <div role="group" aria-labelledby={labelId} className="flex flex-col gap-1">
      <div id={labelId} className="text-xs font-medium">
        {label}
      </div>
      {fieldDescription(schema, locale) && (
        <p className="text-xs text-text-muted">{fieldDescription(schema, locale)}</p>
      )}
      <div className="overflow-x-auto rounded-md border border-line">
        <table className="w-full text-sm">
          <thead className="border-b border-line bg-sunken">
            <tr>
              {columns.map(([name, column]) => (
                <th
                  key={name}
                  scope="col"
                  className="h-8 px-2 text-start text-xs font-medium text-text-muted"
                >
                  {fieldTitle(column, name, locale)}
                </th>
              ))}
              {!isFixed && <td className="w-10" />}
            </tr>
          </thead>
          <tbody>
            {rows.length === 0 && (
              <tr>
                <td colSpan={columns.length + 1} className="h-10 px-2 text-text-muted">
                  {t('formNoRows')}
                </td>
              </tr>
            )}
            {rows.map((_, row) => (
              // Rows have no identity of their own; every cell is controlled, so the index is one.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={row} className="border-b border-line align-top last:border-b-0">
                {columns.map(([name, column]) => {
                  const cellPath = [...path, row, name];
                  if (column.readOnly) {
                    return (
                      <td key={name} className="h-11 px-2 py-1.5 align-middle">
                        {cellText(fieldAt(context.value, cellPath), locale)}
                      </td>
                    );
                  }
                  return (
                    <td
                      key={name}
                      data-field={pathText(cellPath)}
                      className={`p-1.5 max-sm:[&_[slot=decrement]]:hidden max-sm:[&_[slot=increment]]:hidden ${
                        isCrowded ? 'min-w-20' : 'min-w-20 sm:min-w-32'
                      } ${widgetOf(column, true) === 'number' && !isCrowded ? 'sm:w-44' : ''}`}
                    >
                      <Field
                        schema={column}
                        path={cellPath}
                        label={t('formRowField', { field: fieldTitle(column, name, locale), row: row + 1 })}
                        isLabelHidden
                        isNarrow={isCrowded}
                        isRequired={items.required?.includes(name) ?? false}
                        context={context}
                      />
                    </td>
                  );
                })}
                {!isFixed && (
                  <td className="p-1.5">
                    <IconButton
                      icon={Trash2}
                      label={t('formRemoveRow', { row: row + 1 })}
                      isDisabled={context.isDisabled}
                      onPress={() => context.change(path, rows.toSpliced(row, 1))}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {error && <p className="text-xs text-danger">{error}</p>}
      {!isFixed && (
        <div>
          <Button
            icon={Plus}
            variant="quiet"
            isDisabled={context.isDisabled}
            onPress={() => context.change(path, [...rows, newRow(items)])}
          >
            {t('formAddRow')}
          </Button>
        </div>
      )}
    </div>
  );
}

function cellText(value: unknown, locale: Locale): string {
  return typeof value === 'number' ? formatNumber(value, locale) : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function errorTexts(problems: readonly FieldProblem[], t: Translate<UiMessageId>): ErrorTexts {
  return Object.fromEntries(problems.map(({ path, message, limit }) => [path, t(message, { limit })]));
}

/** Says how many fields are wrong and takes the reader to the first, in the order they stand on the screen. */
function pointOut(errors: ErrorTexts, form: HTMLFormElement | null, t: Translate<UiMessageId>): void {
  announce(t('formErrors', { count: Object.keys(errors).length }));
  const fields = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
  const first = fields.find((element) => (element.dataset['field'] ?? '') in errors);
  first
    ?.querySelector<HTMLElement>(':is(input, textarea, button):not([tabindex="-1"], [type="hidden"])')
    ?.focus();
}
