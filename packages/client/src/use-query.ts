import type { AnyVariables } from '@urql/core';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
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

/** How long to wait before asking a server again that could not be reached. */
const RETRY_MS = 5_000;

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
  useEffect(() => {
    if (problem?.code !== 'UNREACHABLE') return undefined;
    const timer = setTimeout(refresh, RETRY_MS);
    return () => clearTimeout(timer);
  }, [problem, refresh]);
  return { data: useLast(data ?? undefined, variables), problem, isLoading, refresh };
}

/** The last answer to the same question, where the newest try brought none. */
function useLast<Data>(data: Data | undefined, variables: AnyVariables): Data | undefined {
  const question = JSON.stringify(variables);
  const [last, setLast] = useState({ question, data });
  if (data !== undefined && (last.data !== data || last.question !== question)) setLast({ question, data });
  return data ?? (last.question === question ? last.data : undefined);
}
