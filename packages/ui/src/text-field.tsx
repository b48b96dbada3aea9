import {
  Input,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { FIELD_CLASS, FieldFrame, INPUT_CLASS, type FieldProps } from './field.tsx';

export interface TextFieldProps
  extends
    FieldProps,
    Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior'> {
  readonly placeholder?: string;
}

/** One line of text; `type` may be `email`, `password`, `date`, `tel`, `url` or `search`. */
export function TextField({
  label,
  isLabelHidden,
  description,
  errorMessage,
  placeholder,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField {...props} className={FIELD_CLASS} isInvalid={!!errorMessage} validationBehavior="aria">
      <FieldFrame {...{ label, isLabelHidden, description, errorMessage }} isRequired={props.isRequired}>
        <Input className={`${INPUT_CLASS} h-8`} {...(placeholder && { placeholder })} />
      </FieldFrame>
    </AriaTextField>
  );
}

export interface TextAreaProps extends TextFieldProps {
  readonly rows?: number;
}

/** Several lines of text. */
export function TextArea({
  label,
  isLabelHidden,
  description,
  errorMessage,
  placeholder,
  rows = 3,
  ...props
}: TextAreaProps) {
  return (
    <AriaTextField {...props} className={FIELD_CLASS} isInvalid={!!errorMessage} validationBehavior="aria">
      <FieldFrame {...{ label, isLabelHidden, description, errorMessage }} isRequired={props.isRequired}>
        <AriaTextArea className={`${INPUT_CLASS} py-1.5`} rows={rows} {...(placeholder && { placeholder })} />
      </FieldFrame>
    </AriaTextField>
  );
}
