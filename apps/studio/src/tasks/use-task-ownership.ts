import { useMutation } from '@orderloom/client';
import { announce, toast, usePreferences, useTranslate } from '@orderloom/ui';
import { problemWords } from '../problem-words.ts';
import { taskMessages } from './messages.ts';
import { claimTask, releaseTask } from './task-queries.ts';

interface OwnedTask {
  readonly id: string;
  readonly name: string;
}

/** Taking a task on oneself and putting it back, with what came of it told. */
export function useTaskOwnership(): {
  readonly claim: (task: OwnedTask) => Promise<void>;
  readonly release: (task: OwnedTask) => Promise<void>;
  readonly isPending: boolean;
} {
  const t = useTranslate(taskMessages);
  const { locale } = usePreferences();
  const claiming = useMutation(claimTask);
  const releasing = useMutation(releaseTask);

  const told = (answer: Awaited<ReturnType<typeof claiming.run | typeof releasing.run>>, words: string) => {
    if (answer.ok) {
      announce(words);
      return;
    }
    const { message, fix } = problemWords(answer.error, locale);
    toast({ tone: 'danger', title: message, ...(fix !== undefined && { description: fix }) });
  };
  return {
    claim: async ({ id, name }) => told(await claiming.run({ taskId: id }), t('claimed', { task: name })),
    release: async ({ id, name }) => told(await releasing.run({ taskId: id }), t('released', { task: name })),
    isPending: claiming.isRunning || releasing.isRunning,
  };
}
