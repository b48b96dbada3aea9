import type { AnyVariables } from '@urql/core';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useQuery as useUrqlQuery } from 'urql';
import { useHeaders } from './language.ts';
import { problemOfError, type Problem } from './problem.ts';

export interface QueryState<Data> {
  /** The last answer; stays while another is on its way or could not be had. */
  readonly data: Data | undefined;
  readonly problem: Problem | null;
  /** Whether an answer is on its way. */
  readonly isLoading: boolean;
  /** Asks again, past every cache. */
  readonly refresh: () => void;
}

/** The answer to a query: what is known at once, then what the server says now. */
export function useQuery<Data, Variables extends AnyVariables>(
  query: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): QueryState<Data> {
  const headers = useHeaders();
  const context = useMemo(() => ({ fetchOptions: { headers } }), [headers]);
  const [{ data, error, fetching, stale }, execute] = useUrqlQuery<Data, Variables>({
    query,
    variables,
    context,
    requestPolicy: 'cache-and-network',
  });
  const isLoading = fetching || stale;

  // The client drops a request while the same one is under way, whose answer may be older than what we heard of.
  const loading = useRef(isLoading);
  const isWanted = useRef(false);
  const refresh = useCallback(() => {
    if (loading.current) isWanted.current = true;
    else execute({ ...context, requestPolicy: 'network-only' });
  }, [execute, context]);
  useEffect(() => {
    loading.current = isLoading;
    if (isLoading || !isWanted.current) return;
    isWanted.current = false;
    refresh();
  }, [isLoading, refresh]);

  const problem = useMemo(() => (error ? problemOfError(error) : null), [error]);
  return { data, problem, isLoading, refresh };
}
