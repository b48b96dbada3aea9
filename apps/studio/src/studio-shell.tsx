import { may } from '@orderloom/access';
import { graphql, useChanges, useQuery, useSession, useViewer } from '@orderloom/client';
import { must } from '@orderloom/kernel';
import { AppShell, toast, usePreferences, useTranslate } from '@orderloom/ui';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Inbox, ListTodo, Package } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { studioMessages } from './messages.ts';
import { problemWords } from './problem-words.ts';
import { roleWords } from './role-words.ts';
import { tasksChanged } from './tasks/tasks-changed.ts';

const openTaskCount = graphql(`
  query OpenTaskCount {
    tasks(first: 1) {
      totalCount
    }
  }
`);

/** The frame around every page of the studio. */
export function StudioShell() {
  const t = useTranslate(studioMessages);
  const { locale } = usePreferences();
  const { signOut } = useSession();
  const { user, tenant, roles, ability } = useViewer();
  const { pathname } = useLocation();
  const { data, refresh } = useQuery(openTaskCount, {});
  useChanges(tasksChanged, {}, refresh);
  useFocusOnNavigation(pathname);

  const item = (href: string, label: string, icon: typeof Package, count?: number) => ({
    href,
    label,
    icon,
    isCurrent: pathname === href || pathname.startsWith(`${href}/`),
    ...(count !== undefined && { count }),
  });

  return (
    <AppShell
      product={t('product')}
      tenant={tenant.name}
      user={{ name: user.name, role: roles.map((role) => roleWords(role, locale)).join(', ') }}
      navigation={[
        item('/orders', t('orders'), Package),
        item('/tasks', t('tasks'), ListTodo, data?.tasks.totalCount),
        ...(may(ability, 'read', 'Intake', { tenantId: tenant.id })
          ? [item('/inbound', t('intake'), Inbox)]
          : []),
      ]}
      onSignOut={() => {
        void signOut().then((answer) => {
          if (!answer.ok) toast({ tone: 'danger', title: problemWords(answer.error, locale).message });
        });
      }}
    >
      <Outlet />
    </AppShell>
  );
}

/** A new page starts at its top for the keyboard and the screen reader too, as one loaded by the browser does. */
function useFocusOnNavigation(pathname: string): void {
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    must(document.getElementById('main'), 'the main landmark').focus({ preventScroll: true });
  }, [pathname]);
}
