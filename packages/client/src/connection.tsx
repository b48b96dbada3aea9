import { newId } from '@orderloom/kernel';
import { cacheExchange, Client, fetchExchange, mapExchange } from '@urql/core';
import { useState, type ReactNode } from 'react';
import { Provider } from 'urql';
import { LanguageContext } from './language.ts';
import { problemOfError } from './problem.ts';
import { SessionProvider } from './session.tsx';

export interface ConnectionProviderProps {
  /** BCP 47 tag in which names should come back; a change asks every open query anew. */
  readonly language: string;
  readonly children: ReactNode;
}

/** Wrap an app in it once: the connection to this origin's server, and who is signed in. */
export function ConnectionProvider({ language, children }: ConnectionProviderProps) {
  const [{ id, client, sessionEnded }, setConnection] = useState(openConnection);
  return (
    <LanguageContext value={language}>
      <Provider key={id} value={client}>
        {/* Whoever signs in next must not find the answers given to whoever was here before. */}
        <SessionProvider ended={sessionEnded} onChange={() => setConnection(openConnection())}>
          {children}
        </SessionProvider>
      </Provider>
    </LanguageContext>
  );
}

/** A client with an empty cache; `sessionEnded` fires `ended` when the server no longer knows who asks. */
function openConnection() {
  const sessionEnded = new EventTarget();
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [
      cacheExchange,
      mapExchange({
        onError: (error) => {
          if (problemOfError(error).code === 'UNAUTHENTICATED')
            sessionEnded.dispatchEvent(new Event('ended'));
        },
      }),
      fetchExchange,
    ],
  });
  return { id: newId(), client, sessionEnded };
}
