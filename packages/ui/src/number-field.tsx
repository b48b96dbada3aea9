import { Minus, Plus } from 'lucide-react';
import {
  Button,
  Group,
  Input,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components';
import { FIELD_CLASS, FieldFrame, type FieldProps } from './field.tsx';

export interface NumberFieldProps
  extends
    FieldProps,
    Omit<AriaNumberFieldProps, 'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior'> {
  /** Off where there is no room for the buttons; arrow keys step all the same. */
  readonly hasStepper?: boolean;
}

const STEPPER =
  'flex w-8 shrink-0 items-center justify-center border-line text-text-muted data-hovered:bg-hover ' +
  'data-disabled:opacity-40';

/** A number in the reader's notation, typed or stepped; an empty field is `NaN`, as in React Aria. */
export function NumberField({
  label,
  isLabelHidden,
  description,
  errorMessage,
  hasStepper = true,
  ...props
}: NumberFieldProps) {
  return (
    <AriaNumberField {...props} className={FIELD_CLASS} isInvalid={!!errorMessage} validationBehavior="aria">
      <FieldFrame {...{ label, isLabelHidden, description, errorMessage }} isRequired={props.isRequired}>
        <Group className="flex h-8 overflow-hidden rounded-md border border-line-strong bg-surface data-disabled:opacity-50 data-invalid:border-danger data-focus-within:outline-2 data-focus-within:outline-offset-2 data-focus-within:outline-focus">
          <Input className="w-full min-w-0 flex-1 bg-transparent px-2.5 text-sm text-text outline-none" />
          {hasStepper && (
            <>
              <Button slot="decrement" className={`${STEPPER} border-l`}>
                <Minus aria-hidden className="size-3.5" />
              </Button>
              <Button slot="increment" className={`${STEPPER} border-l`}>
                <Plus aria-hidden className="size-3.5" />
              </Button>
            </>
          )}
        </Group>
      </FieldFrame>
    </AriaNumberField>
  );
}
