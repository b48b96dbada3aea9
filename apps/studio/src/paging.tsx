import { Button, useTranslate } from '@orderloom/ui';
import { ChevronRight, ChevronsLeft } from 'lucide-react';
import { studioMessages } from './messages.ts';

export interface PagingProps {
  readonly isFirst: boolean;
  /** Cursor of what comes after this page; null at the end. */
  readonly next: string | null;
  /** Goes to the page behind a cursor, or to the first. The browser's back button goes one page back. */
  readonly onGo: (cursor: string | null) => void;
}

/** From page to page of a list, the newest first. */
export function Paging({ isFirst, next, onGo }: PagingProps) {
  const t = useTranslate(studioMessages);
  if (isFirst && next === null) return null;
  return (
    <div className="flex justify-end gap-2">
      {!isFirst && (
        <Button icon={ChevronsLeft} onPress={() => onGo(null)}>
          {t('newest')}
        </Button>
      )}
      {next !== null && (
        <Button icon={ChevronRight} onPress={() => onGo(next)}>
          {t('older')}
        </Button>
      )}
    </div>
  );
}
