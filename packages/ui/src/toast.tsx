import { X } from 'lucide-react';
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components';
import { IconButton, Link } from './button.tsx';
import { uiMessages } from './messages/index.ts';
import { useTranslate } from './preferences.ts';
import { TONE_CLASS, TONE_ICON, type Tone } from './tone.ts';

export interface ToastMessage {
  readonly tone: Tone;
  readonly title: string;
  readonly description?: string;
  /** Where the thing is now. */
  readonly link?: { readonly href: string; readonly label: string };
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** Shown long enough to be read twice; errors stay until they are closed (WCAG 2.2.1). */
const SHOWN_MS = 8_000;

/** Tells the result of something that is not on the screen any more. */
export function toast(message: ToastMessage): void {
  queue.add(message, message.tone === 'danger' ? {} : { timeout: SHOWN_MS });
}

/** Where toasts appear; `UiProvider` holds it. F6 moves the focus there. */
export function ToastRegion() {
  const t = useTranslate(uiMessages);
  return (
    <AriaToastRegion
      queue={queue}
      aria-label={t('notifications')}
      className="fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 rounded-lg"
    >
      {({ toast: { content, ...queued } }) => {
        const Icon = TONE_ICON[content.tone];
        return (
          <AriaToast
            toast={{ content, ...queued }}
            className="flex items-start gap-3 rounded-lg border border-line bg-raised p-3 shadow-raised"
          >
            <span
              className={`flex size-6 shrink-0 items-center justify-center rounded-full ${TONE_CLASS[content.tone]}`}
            >
              <Icon aria-hidden className="size-4" />
            </span>
            <ToastContent className="flex min-w-0 flex-1 flex-col py-0.5 text-sm">
              <Text slot="title" className="font-semibold break-words">
                {content.title}
              </Text>
              {content.description && (
                <Text slot="description" className="break-words text-text-muted">
                  {content.description}
                </Text>
              )}
              {content.link && <Link href={content.link.href}>{content.link.label}</Link>}
            </ToastContent>
            <IconButton slot="close" icon={X} label={t('close')} />
          </AriaToast>
        );
      }}
    </AriaToastRegion>
  );
}
