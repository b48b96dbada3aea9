import { useMutation, type Problem } from '@orderloom/client';
import { announce, Button, Dialog, Notice, ProgressBar, useTranslate } from '@orderloom/ui';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { DropZone, FileTrigger, Text } from 'react-aria-components';
import { ProblemNotice } from '../problem-notice.tsx';
import { router } from '../router.tsx';
import { contentAsBase64 } from './content-as-base64.ts';
import { takeInDocument } from './intake-queries.ts';
import { intakeMessages } from './messages.ts';

const LIMIT_BYTES = 10 * 1024 * 1024;

/** Hands a purchase order from this computer to the server, and shows what became of it. */
export function TakeInDocumentButton() {
  const t = useTranslate(intakeMessages);
  return (
    <Dialog
      title={t('takeIn')}
      trigger={
        <Button variant="primary" icon={FileUp}>
          {t('takeIn')}
        </Button>
      }
    >
      {(close) => <TakeInDocument onDone={close} />}
    </Dialog>
  );
}

function TakeInDocument({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslate(intakeMessages);
  const { run } = useMutation(takeInDocument);
  const [reading, setReading] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);

  async function takeIn(file: File | undefined) {
    if (!file || reading !== null) return;
    setProblem(null);
    setTooLarge(file.size > LIMIT_BYTES);
    if (file.size > LIMIT_BYTES) return;
    setReading(file.name);
    const answer = await run({ fileName: file.name, contentBase64: await contentAsBase64(file) });
    setReading(null);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    const { id, disposition } = answer.value.document;
    announce(`${file.name}: ${t(`taken_${disposition}`)}`);
    onDone();
    await router.navigate({ to: '/inbound/$documentId', params: { documentId: id } });
  }

  return (
    <div className="flex flex-col gap-4">
      {problem && <ProblemNotice problem={problem} />}
      {isTooLarge && <Notice tone="danger" title={t('tooLarge')} fix={t('tooLargeFix')} />}
      <DropZone
        className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-4 py-8 text-center data-drop-target:border-accent data-drop-target:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:outline-focus"
        onDrop={({ items }) => {
          const dropped = items.find((item) => item.kind === 'file');
          if (dropped) void dropped.getFile().then(takeIn);
        }}
      >
        <FileUp aria-hidden className="size-7 text-text-muted" strokeWidth={1.5} />
        <div>
          <Text slot="label" className="block text-base font-medium">
            {t('dropHere')}
          </Text>
          <p className="text-text-muted">{t('dropHint')}</p>
        </div>
        <FileTrigger onSelect={(files) => void takeIn(files?.[0])}>
          <Button isDisabled={reading !== null}>{t('choose')}</Button>
        </FileTrigger>
      </DropZone>
      {reading !== null && <ProgressBar label={t('taking', { file: reading })} />}
    </div>
  );
}
