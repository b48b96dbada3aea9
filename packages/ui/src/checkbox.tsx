import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  readonly children?: ReactNode;
}

/** Yes or no; the words are part of the target. */
export function Checkbox({ children, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...props}
      validationBehavior="aria"
      className="group inline-flex min-h-6 items-center gap-2 text-sm text-text data-disabled:opacity-50"
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-on-fill group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus group-data-indeterminate:border-accent-fill group-data-indeterminate:bg-accent-fill group-data-invalid:border-danger group-data-selected:border-accent-fill group-data-selected:bg-accent-fill">
            {isIndeterminate ? (
              <Minus aria-hidden className="size-3" />
            ) : (
              isSelected && <Check aria-hidden className="size-3" />
            )}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
