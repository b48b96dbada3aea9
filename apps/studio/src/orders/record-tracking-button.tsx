import { useMutation, type Problem } from '@orderloom/client';
import { TRACKING_STATUSES, type TrackingStatus } from '@orderloom/orders';
import { Button, Dialog, Select, TextField, toast, usePreferences, useTranslate } from '@orderloom/ui';
import { MapPin } from 'lucide-react';
import { useState } from 'react';
import { ProblemNotice } from '../problem-notice.tsx';
import { problemWords } from '../problem-words.ts';
import { orderMessages } from './messages.ts';
import { recordTracking } from './order-queries.ts';
import { trackingWords } from './timeline-words.ts';

/** For carriers that report by telephone or paper: somebody writes down what they say. */
export function RecordTrackingButton({ trackingNumber }: { readonly trackingNumber: string }) {
  const t = useTranslate(orderMessages);
  return (
    <Dialog title={t('recordTitle')} trigger={<Button icon={MapPin}>{t('record')}</Button>}>
      {(close) => <RecordTrackingForm trackingNumber={trackingNumber} onDone={close} />}
    </Dialog>
  );
}

interface RecordTrackingFormProps {
  readonly trackingNumber: string;
  readonly onDone: () => void;
}

function RecordTrackingForm({ trackingNumber, onDone }: RecordTrackingFormProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  const { run, isRunning } = useMutation(recordTracking);
  const [status, setStatus] = useState<TrackingStatus>('in_transit');
  const [occurredAt, setOccurredAt] = useState(() => localMinute(new Date()));
  const [place, setPlace] = useState('');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit() {
    const instant = new Date(occurredAt);
    if (Number.isNaN(instant.getTime())) return;
    const event = {
      status,
      occurredAt: instant.toISOString(),
      text: text.trim() || trackingWords(status, t),
      place: place.trim() || null,
    };
    const answer = await run({ trackingNumber, events: [event] });
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    toast({ tone: 'success', title: t('recorded'), description: trackingWords(status, t) });
    onDone();
  }

  const problemAt = (field: string) =>
    problem?.field === `events[0].${field}` ? problemWords(problem, locale).message : undefined;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="text-text-muted">{t('recordFor', { number: trackingNumber })}</p>
      {problem && <ProblemNotice problem={problem} />}
      <Select
        label={t('status')}
        options={TRACKING_STATUSES.map((value) => ({ value, label: trackingWords(value, t) }))}
        value={status}
        onChange={setStatus}
        errorMessage={problemAt('status')}
      />
      <TextField
        label={t('occurredAt')}
        type="datetime-local"
        value={occurredAt}
        onChange={setOccurredAt}
        isRequired
        errorMessage={occurredAt === '' ? t('fillIn') : problemAt('occurredAt')}
      />
      <TextField label={t('place')} value={place} onChange={setPlace} errorMessage={problemAt('place')} />
      <TextField label={t('what')} value={text} onChange={setText} errorMessage={problemAt('text')} />
      <div className="flex justify-end gap-2">
        <Button onPress={onDone}>{t('cancel')}</Button>
        <Button type="submit" variant="primary" isPending={isRunning}>
          {t('recordSubmit')}
        </Button>
      </div>
    </form>
  );
}

/** `2026-03-12T14:05` in the reader's time zone, as a date and time input wants it. */
function localMinute(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
