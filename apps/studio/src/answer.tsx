import type { QueryState } from '@orderloom/client';
import { Button, Skeleton, useTranslate } from '@orderloom/ui';
import type { ReactNode } from 'react';
import { studioMessages } from './messages.ts';
import { ProblemNotice } from './problem-notice.tsx';

export interface AnswerProps<Data> {
  readonly query: QueryState<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** What a query brought: its data, the place where it will be, or why it is not there. Old data stays in sight. */
export function Answer<Data>({ query: { data, problem, refresh }, children }: AnswerProps<Data>) {
  const t = useTranslate(studioMessages);
  return (
    <>
      {problem && (
        <ProblemNotice problem={problem} action={<Button onPress={refresh}>{t('tryAgain')}</Button>} />
      )}
      {data === undefined ? !problem && <Skeleton label={t('loading')} lines={6} /> : children(data)}
    </>
  );
}
