import { err, ok, type Result } from '@orderloom/kernel';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useRef, useState } from 'react';
import { useClient } from 'urql';
import { IntentKeys } from './intent-keys.ts';
import { useHeaders } from './language.ts';
import { problemOfError, problemOfFailure, unreachable, type Problem } from './problem.ts';

interface Failure {
  readonly __typename: 'Failure';
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly fix: string | null;
}

/** What a mutation answers when it does not fail. */
export type PayloadOf<Data> = Exclude<Data[keyof Data], { readonly __typename: 'Failure' }>;

export interface MutationState<Input, Payload> {
  /** Sends it under a key of its own, the same key when it is sent again because no answer came. */
  readonly run: (input: Omit<Input, 'idempotencyKey'>) => Promise<Result<Payload, Problem>>;
  readonly isRunning: boolean;
}

/** A mutation that takes an `input` with an idempotency key and answers with its payload or a `Failure`. */
export function useMutation<Data extends object, Input extends { readonly idempotencyKey: string }>(
  mutation: TadaDocumentNode<Data, { readonly input: Input }>,
): MutationState<Input, PayloadOf<Data>> {
  const client = useClient();
  const headers = useHeaders();
  const [running, setRunning] = useState(0);
  const keys = useRef(new IntentKeys());

  const run = useCallback(
    async (intent: Omit<Input, 'idempotencyKey'>): Promise<Result<PayloadOf<Data>, Problem>> => {
      const input = { ...intent, idempotencyKey: keys.current.keyOf(intent) } as Input;
      setRunning((count) => count + 1);
      try {
        const { data, error } = await client.mutation(mutation, { input }, { fetchOptions: { headers } });
        if (error) {
          const problem = problemOfError(error);
          if (problem.code !== 'UNREACHABLE') keys.current.answered(intent);
          return err(problem);
        }
        const [answer] = Object.values(data ?? {}) as [PayloadOf<Data> | Failure | undefined];
        if (!answer) return err(unreachable());
        keys.current.answered(intent);
        return isFailure(answer) ? err(problemOfFailure(answer)) : ok(answer);
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [client, mutation, headers],
  );
  return { run, isRunning: running > 0 };
}

function isFailure(answer: object): answer is Failure {
  const { __typename: type } = answer as Partial<Failure>;
  return type === 'Failure';
}
