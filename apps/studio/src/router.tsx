import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { FailedPage, NotFoundPage } from './dead-end-pages.tsx';
import { StudioShell } from './studio-shell.tsx';

const root = createRootRoute({ component: StudioShell });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => redirect({ to: '/orders', throw: true }),
});

export interface OrdersSearch {
  readonly search?: string;
  /** State of the orders to show. */
  readonly state?: string;
  /** Cursor of the page. */
  readonly after?: string;
}

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: ({ search, state, after }: Record<string, unknown>): OrdersSearch => ({
    ...text('search', search),
    ...text('state', state),
    ...text('after', after),
  }),
  component: lazyRouteComponent(() => import('./orders/orders-page.tsx'), 'OrdersPage'),
});

export interface OrderSearch {
  /** How the process is shown; when absent, as fits the screen. */
  readonly view?: 'diagram' | 'outline';
  /** BPMN id of the step that is looked at. */
  readonly element?: string;
  /** Whether the timeline tells every step of the process too. */
  readonly steps?: 'all';
}

const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$number',
  validateSearch: ({ view, element, steps }: Record<string, unknown>): OrderSearch => ({
    ...((view === 'diagram' || view === 'outline') && { view }),
    ...text('element', element),
    ...(steps === 'all' && { steps }),
  }),
  component: lazyRouteComponent(() => import('./orders/order-page.tsx'), 'OrderPage'),
});

export interface TasksSearch {
  /** Which tasks; all that are open when absent. */
  readonly show?: 'mine' | 'free' | 'done';
}

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: ({ show }: Record<string, unknown>): TasksSearch =>
    show === 'mine' || show === 'free' || show === 'done' ? { show } : {},
  component: lazyRouteComponent(() => import('./tasks/tasks-page.tsx'), 'TasksPage'),
});

const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$taskId',
  component: lazyRouteComponent(() => import('./tasks/task-page.tsx'), 'TaskPage'),
});

export interface IntakeSearch {
  /** Cursor of the page. */
  readonly after?: string;
}

const intake = createRoute({
  getParentRoute: () => root,
  path: '/inbound',
  validateSearch: ({ after }: Record<string, unknown>): IntakeSearch => text('after', after),
  component: lazyRouteComponent(() => import('./intake/intake-page.tsx'), 'IntakePage'),
});

const intakeDocument = createRoute({
  getParentRoute: () => root,
  path: '/inbound/$documentId',
  component: lazyRouteComponent(() => import('./intake/intake-document-page.tsx'), 'IntakeDocumentPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, orders, order, tasks, task, intake, intakeDocument]),
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: FailedPage,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A part of the address that may be mistyped: text that is not empty, or nothing. Digits come parsed. */
function text<Name extends string>(name: Name, value: unknown): { readonly [N in Name]?: string } {
  const isText = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return (isText ? { [name]: String(value) } : {}) as { readonly [N in Name]?: string };
}
