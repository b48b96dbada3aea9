import type { AnyVariables } from '@urql/core';
import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef } from 'react';
import { useClient } from 'urql';
import { keepListening } from './keep-listening.ts';
import { useHeaders } from './language.ts';

/**
 * Calls `onChange` whenever the server says that something changed, and when changes may have been missed.
 * A hidden tab listens to nothing, since a browser keeps only six connections to a server over HTTP/1.1, and
 * catches up when it is shown again.
 */
export function useChanges<Data, Variables extends AnyVariables>(
  subscription: TadaDocumentNode<Data, Variables>,
  variables: Variables,
  onChange: () => void,
): void {
  const client = useClient();
  const headers = useHeaders();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const wanted = JSON.stringify(variables);

  useEffect(() => {
    const listen = () =>
      keepListening({
        open: (onEvent, onEnd) => {
          let ended = false;
          const end = () => {
            if (!ended) onEnd();
            ended = true;
          };
          const listening = client
            .subscription(subscription, JSON.parse(wanted) as Variables, { fetchOptions: { headers } })
            .subscribe(({ error, hasNext }) => {
              if (error || !hasNext) end();
              else onEvent();
            });
          return () => {
            ended = true;
            listening.unsubscribe();
          };
        },
        onEvent: () => latest.current(),
        wait: (ms, then) => {
          const timer = setTimeout(then, ms);
          return () => clearTimeout(timer);
        },
      });

    let stop = document.hidden ? null : listen();
    const onVisibility = () => {
      if (document.hidden) {
        stop?.();
        stop = null;
      } else if (!stop) {
        latest.current();
        stop = listen();
      }
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      stop?.();
    };
  }, [client, subscription, wanted, headers]);
}
