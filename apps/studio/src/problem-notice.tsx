import type { Problem } from '@orderloom/client';
import { Notice, usePreferences } from '@orderloom/ui';
import type { ReactNode } from 'react';
import { problemWords } from './problem-words.ts';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly action?: ReactNode;
}

/** What went wrong, what to do, and the code to tell to whoever helps. */
export function ProblemNotice({ problem, action }: ProblemNoticeProps) {
  const { locale } = usePreferences();
  const { message, fix } = problemWords(problem, locale);
  const code = [problem.code, problem.reference].filter(Boolean).join(' ');
  return <Notice tone="danger" title={message} fix={fix} code={code} action={action} />;
}
