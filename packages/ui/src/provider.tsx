import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { LANGUAGE_TAG } from './i18n.ts';
import { LiveRegion } from './live-region.tsx';
import {
  PreferencesContext,
  storedPreferences,
  storePreferences,
  type PreferencesState,
} from './preferences.ts';
import { ToastRegion } from './toast.tsx';

export interface UiProviderProps {
  /** Client-side navigation; links of tables, menus and the shell go through it. */
  readonly navigate: (href: string) => void;
  readonly children: ReactNode;
}

/** Wrap an app in it once: language, theme, density, client-side links, toasts and the live region. */
export function UiProvider({ navigate, children }: UiProviderProps) {
  const [preferences, setState] = useState(storedPreferences);

  useEffect(() => {
    const root = document.documentElement;
    root.lang = LANGUAGE_TAG[preferences.locale];
    choose(root, 'theme', preferences.theme);
    choose(root, 'density', preferences.density);
    storePreferences(preferences);
  }, [preferences]);

  const state = useMemo<PreferencesState>(
    () => ({
      ...preferences,
      setPreferences: (change) => setState((current) => ({ ...current, ...change })),
    }),
    [preferences],
  );

  return (
    <PreferencesContext value={state}>
      <I18nProvider locale={LANGUAGE_TAG[preferences.locale]}>
        <RouterProvider navigate={navigate}>
          {children}
          <LiveRegion />
          <ToastRegion />
        </RouterProvider>
      </I18nProvider>
    </PreferencesContext>
  );
}

/** The attribute tokens.css reads; absent, the system decides. */
function choose(root: HTMLElement, name: 'theme' | 'density', value: string): void {
  if (value === 'system') delete root.dataset[name];
  else root.dataset[name] = value;
}
