import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.tsx';
import { uiMessages } from './messages/index.ts';
import { useTranslate } from './preferences.ts';

export interface DialogProps {
  readonly title: string;
  /** The button that opens it; left out when `isOpen` is given. */
  readonly trigger?: ReactNode;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  /** Buttons, the main one last. */
  readonly footer?: (close: () => void) => ReactNode;
}

/** A question or a form that must be answered before going on; Escape and a press outside close it. */
export function Dialog({ title, trigger, isOpen, onOpenChange, children, footer }: DialogProps) {
  const t = useTranslate(uiMessages);
  const state = { ...(isOpen !== undefined && { isOpen }), ...(onOpenChange && { onOpenChange }) };
  const overlay = (
    <ModalOverlay
      isDismissable
      {...(trigger ? {} : state)}
      className="fixed inset-0 z-50 flex items-center justify-center bg-backdrop p-4"
    >
      <Modal className="max-h-full w-full max-w-lg overflow-auto rounded-lg border border-line bg-raised shadow-raised">
        <AriaDialog className="flex flex-col outline-none">
          {({ close }) => (
            <>
              <div className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-4">
                <Heading slot="title" className="text-base font-semibold">
                  {title}
                </Heading>
                <IconButton icon={X} label={t('close')} onPress={close} />
              </div>
              <div className="p-4 text-sm">{typeof children === 'function' ? children(close) : children}</div>
              {footer && (
                <div className="flex justify-end gap-2 border-t border-line p-3">{footer(close)}</div>
              )}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
  return trigger ? (
    <DialogTrigger {...state}>
      {trigger}
      {overlay}
    </DialogTrigger>
  ) : (
    overlay
  );
}
