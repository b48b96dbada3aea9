import { createContext, useContext } from 'react';
import { LOCALES, preferredLocale, translator, type Locale, type Messages, type Translate } from './i18n.ts';

export type Theme = 'system' | 'light' | 'dark';
/** `system`: comfortable for fingers, compact for a mouse. */
export type Density = 'system' | 'compact' | 'comfortable';

/** What the reader chose about how screens look and speak; kept in this browser. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly density: Density;
}

export interface PreferencesState extends Preferences {
  readonly setPreferences: (change: Partial<Preferences>) => void;
}

export const PreferencesContext = createContext<PreferencesState | null>(null);

export function usePreferences(): PreferencesState {
  const state = useContext(PreferencesContext);
  if (!state) throw new Error('usePreferences needs a <UiProvider> above it');
  return state;
}

/** The words of an app or package in the reader's language. */
export function useTranslate<Id extends string>(messages: Messages<Id>): Translate<Id> {
  return translator(messages, usePreferences().locale);
}

const STORAGE_KEY = 'orderloom.preferences';

export function storePreferences(preferences: Preferences): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
}

export function storedPreferences(): Preferences {
  const stored = storedRecord();
  return {
    locale: oneOf(LOCALES, stored['locale'], preferredLocale(navigator.languages)),
    theme: oneOf(['light', 'dark'], stored['theme'], 'system'),
    density: oneOf(['compact', 'comfortable'], stored['density'], 'system'),
  };
}

function storedRecord(): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Record<string, unknown>;
  } catch {
    // A hand-edited or foreign value is not worth a broken start.
    return {};
  }
}

function oneOf<Value extends string>(allowed: readonly Value[], value: unknown, otherwise: Value): Value {
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}
