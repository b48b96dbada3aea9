import { Check, ChevronDown } from 'lucide-react';
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { FIELD_CLASS, FieldFrame, type FieldProps } from './field.tsx';

export interface SelectOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string = string> extends FieldProps {
  readonly options: readonly SelectOption<Value>[];
  /** `null`: nothing chosen yet. */
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly name?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

/** One choice out of a short list. */
export function Select<Value extends string>({
  label,
  isLabelHidden,
  description,
  errorMessage,
  options,
  value,
  onChange,
  placeholder,
  isRequired,
  ...props
}: SelectProps<Value>) {
  return (
    <AriaSelect
      {...props}
      {...(placeholder && { placeholder })}
      {...(isRequired && { isRequired })}
      className={FIELD_CLASS}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
      isInvalid={!!errorMessage}
      validationBehavior="aria"
    >
      <FieldFrame {...{ label, isLabelHidden, description, errorMessage, isRequired }}>
        <Button className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-left text-sm text-text data-disabled:opacity-50 data-hovered:bg-hover in-data-invalid:border-danger">
          <SelectValue className="min-w-0 flex-1 truncate data-placeholder:text-text-muted" />
          <ChevronDown aria-hidden className="size-4 shrink-0 text-text-muted" />
        </Button>
        <Popover className="min-w-(--trigger-width) overflow-auto rounded-md border border-line bg-raised p-1 shadow-raised">
          <ListBox items={options} className="outline-none">
            {(option) => (
              <ListBoxItem
                id={option.value}
                textValue={option.label}
                className="flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm text-text -outline-offset-2 data-focused:bg-hover"
              >
                {({ isSelected }) => (
                  <>
                    <span className="size-4">
                      {isSelected && <Check aria-hidden className="size-4 text-accent" />}
                    </span>
                    {option.label}
                  </>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </FieldFrame>
    </AriaSelect>
  );
}
