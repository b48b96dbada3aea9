import { unpackRules, type Ability } from '@orderloom/access';
import { err, must, ok, type Result } from '@orderloom/kernel';
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { graphql, type ResultOf } from './graphql.ts';
import { clientProblem, unreachable, type Problem } from './problem.ts';
import { useQuery } from './use-query.ts';

const viewerQuery = graphql(`
  query Viewer {
    viewer {
      user {
        id
        name
        email
        language
      }
      tenant {
        id
        name
        slug
        currency
        timeZone
      }
      roles
      rules
    }
  }
`);

/** Who is signed in, where they act, and what they may do. */
export interface Viewer extends Omit<NonNullable<ResultOf<typeof viewerQuery>['viewer']>, 'rules'> {
  /** What the roles allow; the server has the last word. */
  readonly ability: Ability;
}

export interface Session {
  readonly status: 'unknown' | 'signedOut' | 'signedIn';
  readonly viewer: Viewer | null;
  /** Why it is not known who is signed in. */
  readonly problem: Problem | null;
  readonly refresh: () => void;
  readonly signIn: (email: string, password: string) => Promise<Result<null, Problem>>;
  readonly signOut: () => Promise<Result<null, Problem>>;
}

const SessionContext = createContext<Session | null>(null);

export interface SessionProviderProps {
  /** Fires `ended` when an operation was refused because nobody is signed in. */
  readonly ended: EventTarget;
  /** Called when somebody signed in or out. */
  readonly onChange: () => void;
  readonly children: ReactNode;
}

export function SessionProvider({ ended, onChange, children }: SessionProviderProps) {
  const { data, problem, refresh } = useQuery(viewerQuery, {});

  useEffect(() => {
    ended.addEventListener('ended', refresh);
    return () => ended.removeEventListener('ended', refresh);
  }, [ended, refresh]);

  const viewer = useMemo(() => (data?.viewer ? viewerOf(data.viewer) : null), [data]);
  const status = data === undefined ? 'unknown' : viewer ? 'signedIn' : 'signedOut';
  const session: Session = {
    status,
    viewer,
    problem,
    refresh,
    signIn: async (email, password) => {
      const answer = await askAccounts('sign-in/email', { email, password });
      if (answer.ok) onChange();
      return answer;
    },
    signOut: async () => {
      const answer = await askAccounts('sign-out', {});
      if (answer.ok) onChange();
      return answer;
    },
  };
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is signed in, if it is known, and how to change it. */
export function useSession(): Session {
  return must(useContext(SessionContext), 'a <ConnectionProvider> above');
}

/** Of screens that are shown to signed-in users only. */
export function useViewer(): Viewer {
  return must(useSession().viewer, 'somebody who is signed in');
}

function viewerOf({ rules, ...viewer }: NonNullable<ResultOf<typeof viewerQuery>['viewer']>): Viewer {
  return { ...viewer, ability: unpackRules(rules) };
}

async function askAccounts(path: string, body: object): Promise<Result<null, Problem>> {
  let response: Response;
  try {
    response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return err(unreachable());
  }
  if (response.ok) return ok(null);
  switch (response.status) {
    case 400:
    case 401:
    case 403:
      return err(
        clientProblem(
          'SIGN_IN_REFUSED',
          'The e-mail address and password do not belong together.',
          'Check both and try again.',
        ),
      );
    case 429:
      return err(
        clientProblem('TOO_MANY_ATTEMPTS', 'There were too many attempts.', 'Wait a minute, then try again.'),
      );
    default:
      return err(unreachable());
  }
}
