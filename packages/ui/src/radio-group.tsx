import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { FIELD_CLASS, FieldFrame, type FieldProps } from './field.tsx';
import type { SelectOption } from './select.tsx';

export interface RadioGroupProps<Value extends string = string> extends FieldProps {
  readonly options: readonly SelectOption<Value>[];
  /** `null`: not answered yet. */
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly name?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly isReadOnly?: boolean;
}

/** One choice out of two or three that should all be seen at once. */
export function RadioGroup<Value extends string>({
  label,
  isLabelHidden,
  description,
  errorMessage,
  options,
  onChange,
  ...props
}: RadioGroupProps<Value>) {
  return (
    <AriaRadioGroup
      {...props}
      className={FIELD_CLASS}
      onChange={(chosen) => onChange(chosen as Value)}
      isInvalid={!!errorMessage}
      validationBehavior="aria"
    >
      <FieldFrame {...{ label, isLabelHidden, description, errorMessage }} isRequired={props.isRequired}>
        <div className="flex min-h-8 flex-wrap items-center gap-x-5">
          {options.map((option) => (
            <Radio
              key={option.value}
              value={option.value}
              className="group inline-flex min-h-6 items-center gap-2 text-sm text-text data-disabled:opacity-50"
            >
              <span className="flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus group-data-invalid:border-danger group-data-selected:border-5 group-data-selected:border-accent-fill" />
              {option.label}
            </Radio>
          ))}
        </div>
      </FieldFrame>
    </AriaRadioGroup>
  );
}
