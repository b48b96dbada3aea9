import { useSession, type Problem } from '@orderloom/client';
import { Button, Card, LanguageSwitch, TextField, useTranslate } from '@orderloom/ui';
import { LogIn } from 'lucide-react';
import { useRef, useState } from 'react';
import { ProblemNotice } from '../problem-notice.tsx';
import { sessionMessages } from './messages.ts';

/** E-mail and password; password managers fill it in, and nothing has to be remembered or solved. */
export function SignInPage() {
  const t = useTranslate(sessionMessages);
  const { signIn } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit() {
    setTried(true);
    setProblem(null);
    if (!email || !password) {
      form.current?.querySelector<HTMLInputElement>(email ? '[name=password]' : '[name=email]')?.focus();
      return;
    }
    setPending(true);
    const answer = await signIn(email, password);
    if (answer.ok) return;
    setPending(false);
    setProblem(answer.error);
  }

  return (
    <main className="flex min-h-dvh flex-col bg-page">
      <title>{t('title')}</title>
      <div className="flex justify-end p-3">
        <LanguageSwitch />
      </div>
      <div className="mx-auto flex w-full max-w-sm flex-1 flex-col gap-6 px-4 pt-[8vh] pb-10">
        <div className="flex flex-col items-start gap-3">
          <img src="/icon.svg" alt="" className="size-10" />
          <h1 className="text-xl font-semibold">{t('title')}</h1>
          <p className="text-base text-text-muted">{t('tagline')}</p>
        </div>
        <Card>
          <form
            ref={form}
            noValidate
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            {problem && <ProblemNotice problem={problem} />}
            <TextField
              label={t('email')}
              name="email"
              type="email"
              autoComplete="username"
              value={email}
              onChange={setEmail}
              isRequired
              errorMessage={isTried && !email ? t('emailMissing') : undefined}
            />
            <TextField
              label={t('password')}
              name="password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              isRequired
              errorMessage={isTried && !password ? t('passwordMissing') : undefined}
            />
            <Button type="submit" variant="primary" icon={LogIn} isPending={isPending}>
              {t('signIn')}
            </Button>
          </form>
        </Card>
        <p className="text-sm text-text-muted">{t('help')}</p>
      </div>
    </main>
  );
}
