import type { ClientProblemCode, Problem } from '@orderloom/client';
import { Notice, usePreferences } from '@orderloom/ui';
import type { ReactNode } from 'react';
import { problemWords } from './problem-words.ts';

export interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly action?: ReactNode;
}

/** Codes of what the reader can mend alone; the others are told, for whoever helps to look up. */
const PLAIN = new Set<string>([
  'SIGN_IN_REFUSED',
  'TOO_MANY_ATTEMPTS',
  'UNREACHABLE',
] satisfies ClientProblemCode[]);

/** What went wrong and what to do. */
export function ProblemNotice({ problem, action }: ProblemNoticeProps) {
  const { locale } = usePreferences();
  const { message, fix } = problemWords(problem, locale);
  const code = PLAIN.has(problem.code)
    ? undefined
    : [problem.code, problem.reference].filter(Boolean).join(' ');
  return <Notice tone="danger" title={message} fix={fix} code={code} action={action} />;
}
