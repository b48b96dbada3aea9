import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';

/** What every input has in common. */
export interface FieldProps {
  readonly label: string;
  /** Keeps the label for screen readers only, where a table header already shows it. */
  readonly isLabelHidden?: boolean | undefined;
  readonly description?: string | undefined;
  /** What is wrong with the value; shown with an icon and tied to the input for screen readers. */
  readonly errorMessage?: string | undefined;
}

/** The box of a single-line or multi-line input. */
export const INPUT_CLASS =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-text ' +
  'placeholder:text-text-muted data-invalid:border-danger data-disabled:cursor-not-allowed data-disabled:opacity-50';

export const FIELD_CLASS = 'flex min-w-0 flex-col gap-1';

/** Label above the input, then the input, then its description and what is wrong with it. */
export function FieldFrame({
  label,
  isLabelHidden,
  description,
  errorMessage,
  isRequired,
  children,
}: FieldProps & { readonly isRequired: boolean | undefined; readonly children: ReactNode }) {
  return (
    <>
      <Label className={isLabelHidden ? 'sr-only' : 'text-xs font-medium text-text'}>
        {label}
        {isRequired && !isLabelHidden && (
          <span aria-hidden className="ml-0.5 text-danger">
            *
          </span>
        )}
      </Label>
      {children}
      {description && (
        <Text slot="description" className="text-xs text-text-muted">
          {description}
        </Text>
      )}
      <FieldError className="flex items-start gap-1 text-xs text-danger">
        <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        <span>{errorMessage}</span>
      </FieldError>
    </>
  );
}
