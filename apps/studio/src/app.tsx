import { ConnectionProvider, useSession } from '@orderloom/client';
import { Button, Skeleton, UiProvider, usePreferences, useTranslate } from '@orderloom/ui';
import { RouterProvider } from '@tanstack/react-router';
import { studioMessages } from './messages.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { router } from './router.tsx';
import { SignInPage } from './session/sign-in-page.tsx';

export function App() {
  return (
    <UiProvider navigate={(href) => void router.navigate({ href })}>
      <Connected />
    </UiProvider>
  );
}

function Connected() {
  const { locale } = usePreferences();
  return (
    <ConnectionProvider language={locale}>
      <Screen />
    </ConnectionProvider>
  );
}

/** Whoever is not signed in signs in where they are, and sees the page they came for. */
function Screen() {
  const t = useTranslate(studioMessages);
  const { status, problem, refresh } = useSession();
  if (status === 'signedIn') return <RouterProvider router={router} />;
  if (status === 'signedOut') return <SignInPage />;
  return (
    <main className="mx-auto max-w-xl p-6">
      {problem ? (
        <ProblemNotice problem={problem} action={<Button onPress={refresh}>{t('tryAgain')}</Button>} />
      ) : (
        <Skeleton label={t('loading')} />
      )}
    </main>
  );
}
